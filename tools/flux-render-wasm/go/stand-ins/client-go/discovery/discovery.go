// Package discovery stands in for k8s.io/client-go/discovery with the one
// constructor and method that Helm's `lookup` mentions.
package discovery

import (
	"errors"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"k8s.io/client-go/rest"
)

// ErrNoCluster is returned for every call.
var ErrNoCluster = errors.New("no cluster: rendering is offline")

// DiscoveryClient discovers nothing.
type DiscoveryClient struct{}

// NewDiscoveryClientForConfig always fails with ErrNoCluster.
func NewDiscoveryClientForConfig(*rest.Config) (*DiscoveryClient, error) { return nil, ErrNoCluster }

// ServerResourcesForGroupVersion always fails with ErrNoCluster.
func (*DiscoveryClient) ServerResourcesForGroupVersion(string) (*metav1.APIResourceList, error) {
	return nil, ErrNoCluster
}
