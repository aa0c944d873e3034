// Package v1beta1 stands in for k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1:
// the registration hook that Helm calls.
package v1beta1

import "k8s.io/apimachinery/pkg/runtime"

// AddToScheme registers nothing.
func AddToScheme(*runtime.Scheme) error { return nil }
