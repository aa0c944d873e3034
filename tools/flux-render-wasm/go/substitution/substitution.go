// Package substitution runs Flux's postBuild variable substitution.
package substitution

import (
	"context"
	"fmt"

	fluxkustomize "github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/resource"

	"fluxwright.dev/flux-render-wasm/document"
	"fluxwright.dev/flux-render-wasm/fault"
)

// PostBuild substitutes in one object as the FluxKustomization's spec.postBuild says, and gives whether it did: without that
// field, or where the object opts out, it stays as it is.
func PostBuild(fluxKustomization map[string]any, one *resource.Resource, sources []Source, strict bool) (bool, error) {
	postBuild, found, err := unstructured.NestedMap(fluxKustomization, "spec", "postBuild")
	if err != nil || !found {
		return false, err
	}
	always := postBuild["substituteStrategy"] == "Always"
	return substitute(unstructured.Unstructured{Object: fluxKustomization}, one, sources, strict, always)
}

func substitute(fluxKustomization unstructured.Unstructured, one *resource.Resource, sources []Source, strict, always bool) (bool, error) {
	result, err := fluxkustomize.SubstituteVariables(context.Background(), client{sources}, fluxKustomization, one,
		fluxkustomize.SubstituteWithStrict(strict), fluxkustomize.SubstituteWithAlways(always))
	if err == nil {
		return result != nil, nil
	}
	return false, &fault.Fault{Kind: fault.Substitution, Message: fmt.Sprintf("post build failed for '%s/%s': %v", one.GetKind(), one.GetName(), err)}
}

// Text substitutes in every object of a YAML stream. Variables apply to each
// object that does not switch substitution off; always substitutes defaults with no variable defined.
func Text(stream []byte, variables map[string]string, strict, always bool) ([]document.Document, error) {
	resources, err := provider.NewDefaultDepProvider().GetResourceFactory().SliceFromBytes(stream)
	if err != nil {
		return nil, fault.New(fault.YAML, "%v", err)
	}
	inline := map[string]any{}
	for name, value := range variables {
		inline[name] = value
	}
	fluxKustomization := unstructured.Unstructured{Object: map[string]any{
		"spec": map[string]any{"postBuild": map[string]any{"substitute": inline}},
	}}
	var objects []document.Document
	for _, one := range resources {
		if _, err := substitute(fluxKustomization, one, nil, strict, always); err != nil {
			return nil, err
		}
		text, err := one.AsYAML()
		if err != nil {
			return nil, fault.New(fault.Substitution, "%v", err)
		}
		parsed, err := document.Parse(string(text))
		if err != nil {
			return nil, fault.New(fault.YAML, "%v", err)
		}
		objects = append(objects, *parsed)
	}
	return objects, nil
}
