// Package scheme stands in for k8s.io/client-go/kubernetes/scheme. Helm reads
// it for its default API version list; the renderer always passes that list,
// so an empty scheme serves.
package scheme

import "k8s.io/apimachinery/pkg/runtime"

// Scheme knows no types.
var Scheme = runtime.NewScheme()
