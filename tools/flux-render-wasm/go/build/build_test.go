package build

import (
	"testing"

	"fluxwright.dev/flux-render-wasm/substitution"
	"fluxwright.dev/flux-render-wasm/tree"
)

func source(t *testing.T, files map[string]string) *tree.Tree {
	t.Helper()
	mounted := tree.New()
	for name, content := range files {
		if err := mounted.Add(name, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	return mounted
}

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  x: ${one}-${two}\n"

// A later reference beats an earlier one, an inline variable beats both.
// https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
func TestVariablesOfLaterSourcesWinAndInlineOnesBeatAll(t *testing.T) {
	result, err := Build(source(t, map[string]string{"a.yaml": configMap}), Options{
		FluxKustomization: map[string]any{"spec": map[string]any{"postBuild": map[string]any{
			"substitute": map[string]any{"one": "inline"},
			"substituteFrom": []any{
				map[string]any{"kind": "ConfigMap", "name": "first"},
				map[string]any{"kind": "Secret", "name": "second"},
				map[string]any{"kind": "ConfigMap", "name": "absent", "optional": true},
			},
		}}},
		Sources: []substitution.Source{
			{Kind: "ConfigMap", Name: "first", Data: map[string]string{"one": "first", "two": "first"}},
			{Kind: "Secret", Name: "second", Data: map[string]string{"two": "sec\nond"}},
		},
		Strict: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "apiVersion: v1\ndata:\n  x: inline-second\nkind: ConfigMap\nmetadata:\n  name: a\n"
	if got := result.Objects[0].YAML; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCommonMetadataGoesOverAnObjectsOwn(t *testing.T) {
	labelled := "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels: {own: kept, team: old}\n"
	result, err := Build(source(t, map[string]string{"a.yaml": labelled}), Options{
		FluxKustomization: map[string]any{"spec": map[string]any{"commonMetadata": map[string]any{
			"labels": map[string]any{"team": "new"}, "annotations": map[string]any{"note": "1"},
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    note: \"1\"\n  labels:\n    own: kept\n    team: new\n  name: a\n"
	if got := result.Objects[0].YAML; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestObjectsNameTheFileTheyComeFrom(t *testing.T) {
	result, err := Build(source(t, map[string]string{
		"apps/kustomization.yaml": "resources: [../base]\nconfigMapGenerator: [{name: made, literals: [a=b]}]\n",
		"base/kustomization.yaml": "resources: [deep/a.yaml]\n",
		"base/deep/a.yaml":        configMap,
	}), Options{Path: "apps"})
	if err != nil {
		t.Fatal(err)
	}
	if got := result.Objects[0].File; got != "base/deep/a.yaml" {
		t.Errorf("the manifest's object names %q", got)
	}
	if got := result.Objects[1]; got.File != "" || got.ConfiguredIn != "apps/kustomization.yaml" {
		t.Errorf("the generated object names %q and %q", got.File, got.ConfiguredIn)
	}
}

// The place of an object is no annotation of it: a patch finds none, whatever the kustomization says of annotations.
func TestPlacesAreKnownAfterPatchesOfAnnotations(t *testing.T) {
	for _, metadata := range []string{"", "buildMetadata: [transformerAnnotations]\n"} {
		result, err := Build(source(t, map[string]string{
			"kustomization.yaml": metadata + "resources: [a.yaml]\npatches: [{path: patch.yaml}]\ngenerators: [generator.yaml]\n",
			"a.yaml":             configMap,
			"patch.yaml":         "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: null}\n",
			"generator.yaml":     "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: made}\nliterals: [a=b]\n",
		}), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := result.Objects[0].File; got != "a.yaml" {
			t.Errorf("the patched object names %q", got)
		}
		if got := result.Objects[1].ConfiguredIn; got != "generator.yaml" {
			t.Errorf("the generated object names %q", got)
		}
	}
}
