package build

import (
	"maps"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/resource"
)

// addCommonMetadata sets spec.commonMetadata's labels and annotations on an
// object, over its own, as kustomize-controller does just before it applies.
// https://fluxcd.io/flux/components/kustomize/kustomizations/#common-metadata
func addCommonMetadata(one *resource.Resource, fluxKustomization map[string]any) error {
	labels, _, err := unstructured.NestedStringMap(fluxKustomization, "spec", "commonMetadata", "labels")
	if err != nil {
		return err
	}
	annotations, _, err := unstructured.NestedStringMap(fluxKustomization, "spec", "commonMetadata", "annotations")
	if err != nil {
		return err
	}
	if len(labels) > 0 {
		merged := one.GetLabels()
		maps.Copy(merged, labels)
		if err := one.SetLabels(merged); err != nil {
			return err
		}
	}
	if len(annotations) > 0 {
		merged := one.GetAnnotations()
		maps.Copy(merged, annotations)
		if err := one.SetAnnotations(merged); err != nil {
			return err
		}
	}
	return nil
}
