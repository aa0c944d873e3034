// Package v1 stands in for k8s.io/api/core/v1 with the two kinds from which
// Flux reads substitution variables, in the fields it reads.
package v1

import (
	"maps"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// ConfigMap holds plain variables.
type ConfigMap struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Data              map[string]string `json:"data,omitempty"`
}

// DeepCopyObject gives a copy that shares nothing.
func (c *ConfigMap) DeepCopyObject() runtime.Object {
	out := &ConfigMap{TypeMeta: c.TypeMeta, Data: maps.Clone(c.Data)}
	c.ObjectMeta.DeepCopyInto(&out.ObjectMeta)
	return out
}

// Secret holds secret variables.
type Secret struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Data              map[string][]byte `json:"data,omitempty"`
}

// DeepCopyObject gives a copy that shares nothing.
func (s *Secret) DeepCopyObject() runtime.Object {
	out := &Secret{TypeMeta: s.TypeMeta, Data: make(map[string][]byte, len(s.Data))}
	s.ObjectMeta.DeepCopyInto(&out.ObjectMeta)
	for key, value := range s.Data {
		out.Data[key] = append([]byte(nil), value...)
	}
	return out
}
