// Package v1 stands in for k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1:
// the registration hook that Helm calls and the raw JSON type in Flux's patches.
package v1

import (
	"errors"

	"k8s.io/apimachinery/pkg/runtime"
)

// AddToScheme registers nothing.
func AddToScheme(*runtime.Scheme) error { return nil }

// JSON is any JSON value, kept as its bytes.
type JSON struct {
	Raw []byte `json:"-"`
}

// MarshalJSON gives the kept bytes, or null for none.
func (j JSON) MarshalJSON() ([]byte, error) {
	if len(j.Raw) == 0 {
		return []byte("null"), nil
	}
	return j.Raw, nil
}

// UnmarshalJSON keeps a copy of the bytes; null is kept as none.
func (j *JSON) UnmarshalJSON(data []byte) error {
	if j == nil {
		return errors.New("UnmarshalJSON on a nil pointer")
	}
	j.Raw = nil
	if string(data) != "null" {
		j.Raw = append([]byte(nil), data...)
	}
	return nil
}

// DeepCopyInto copies the bytes into out.
func (j *JSON) DeepCopyInto(out *JSON) {
	out.Raw = append([]byte(nil), j.Raw...)
}

// DeepCopy gives a copy that shares nothing.
func (j *JSON) DeepCopy() *JSON {
	if j == nil {
		return nil
	}
	out := new(JSON)
	j.DeepCopyInto(out)
	return out
}
