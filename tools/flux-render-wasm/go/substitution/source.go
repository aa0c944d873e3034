package substitution

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"
	ctrlclient "sigs.k8s.io/controller-runtime/pkg/client"
)

// Source is the data of a ConfigMap or Secret that substituteFrom names. It
// stands in the namespace of the FluxKustomization, the only one Flux reads.
type Source struct {
	Kind string            `json:"kind"`
	Name string            `json:"name"`
	Data map[string]string `json:"data"`
}

// client answers reads from a list of sources, and "not found" for the rest.
type client struct {
	sources []Source
}

func (c client) Get(_ context.Context, key ctrlclient.ObjectKey, into ctrlclient.Object, _ ...ctrlclient.GetOption) error {
	switch object := into.(type) {
	case *corev1.ConfigMap:
		if source, found := c.find("ConfigMap", key.Name); found {
			object.Data = source.Data
			return nil
		}
		return apierrors.NewNotFound(schema.GroupResource{Resource: "configmaps"}, key.Name)
	case *corev1.Secret:
		if source, found := c.find("Secret", key.Name); found {
			object.Data = make(map[string][]byte, len(source.Data))
			for name, value := range source.Data {
				object.Data[name] = []byte(value)
			}
			return nil
		}
		return apierrors.NewNotFound(schema.GroupResource{Resource: "secrets"}, key.Name)
	}
	return apierrors.NewBadRequest("only ConfigMaps and Secrets can be read")
}

func (c client) find(kind, name string) (Source, bool) {
	for _, source := range c.sources {
		if source.Kind == kind && source.Name == name {
			return source, true
		}
	}
	return Source{}, false
}
