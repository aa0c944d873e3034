// Package swag stands in for github.com/go-openapi/swag, which gathers many
// packages: it has the two names that kube-openapi uses, from where they live.
package swag

import (
	"github.com/go-openapi/jsonpointer/jsonname"
	"github.com/go-openapi/swag/jsonutils"
)

// ConcatJSON joins JSON objects or arrays.
func ConcatJSON(blobs ...[]byte) []byte { return jsonutils.ConcatJSON(blobs...) }

// DefaultJSONNameProvider gives the JSON names of struct fields.
var DefaultJSONNameProvider = jsonname.DefaultJSONNameProvider
