// Package kubernetes stands in for k8s.io/client-go/kubernetes. Helm imports
// it only to have the module's version in the build information.
package kubernetes
