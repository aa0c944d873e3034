// Package client stands in for sigs.k8s.io/controller-runtime/pkg/client with
// the one method that Flux's variable substitution calls: reading the
// ConfigMaps and Secrets named by postBuild.substituteFrom.
package client

import (
	"context"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
)

// ObjectKey is a namespace and a name.
type ObjectKey = types.NamespacedName

// Object is any Kubernetes object with metadata.
type Object interface {
	metav1.Object
	runtime.Object
}

// GetOption has no implementation: reads take no options here.
type GetOption interface{ applyToGet() }

// Client reads objects by key.
type Client interface {
	Get(ctx context.Context, key ObjectKey, obj Object, opts ...GetOption) error
}
