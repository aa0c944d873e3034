package main

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"fluxwright.dev/wasm-host/guest"
)

const testOptions = `{"source":"SOURCE","kubernetesVersion":"1.36.0","schemaLocations":["{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json"],"strict":true}`

var testSchemas = map[string]string{
	"example.dev/widget_v1.json": `{"type":"object","properties":{"spec":{"$ref":"#/definitions/spec"}},"definitions":{"spec":{"additionalProperties":false,"properties":{"size":{"type":"integer"},"wait":{"type":"string","format":"duration"}}}}}`,
	"example.dev/linked_v1.json": `{"properties":{"spec":{"$ref":"common.json#/definitions/spec"}}}`,
	"example.dev/common.json":    `{"definitions":{"spec":{"type":"object"}}}`,
}

// ask validates the texts, and supplies what is asked for; it gives the results and the paths that were asked for.
func ask(t *testing.T, source string, texts ...string) ([]result, []string) {
	t.Helper()
	parts, indices, asked := [][]byte{}, []int{}, []string{}
	for i, text := range texts {
		parts, indices = append(parts, []byte(text)), append(indices, i)
	}
	input, _ := json.Marshal(map[string]any{"options": json.RawMessage(strings.Replace(testOptions, "SOURCE", source, 1)), "texts": indices})
	for range 5 {
		reply, err := validate(guest.Request{Input: input, Parts: parts})
		if err != nil {
			t.Fatal(err)
		}
		output := reply.Output.(validateOutput)
		if output.Needs == nil {
			return output.Results, asked
		}
		asked = append(asked, output.Needs...)
		found, documents, absent := []string{}, [][]byte{}, []string{}
		for _, path := range output.Needs {
			if schema, ok := testSchemas[path]; ok {
				found, documents = append(found, path), append(documents, []byte(schema))
			} else {
				absent = append(absent, path)
			}
		}
		supplied, _ := json.Marshal(supplyInput{Source: source, Paths: found, Absent: absent})
		if _, err := supply(guest.Request{Input: supplied, Parts: documents}); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("the engine never has what it needs")
	return nil, nil
}

func TestValidate(t *testing.T) {
	widget := "apiVersion: example.dev/v1\nkind: Widget\nmetadata: {name: one, namespace: here}\n"
	cases := map[string]struct {
		text string
		want []result
	}{
		"valid":            {widget + "spec: {size: 1, wait: 5m}\n", []result{{Status: "valid", Kind: "Widget", Version: "example.dev/v1", Namespace: "here", Name: "one"}}},
		"nothing":          {"", []result{{Status: "empty"}}},
		"a missing schema": {"apiVersion: v1\nkind: Pod\n", []result{{Status: "error", Kind: "Pod", Version: "v1", Message: "could not find schema for Pod"}}},
		"a reference":      {"apiVersion: example.dev/v1\nkind: Linked\nspec: {}\n", []result{{Status: "valid", Kind: "Linked", Version: "example.dev/v1"}}},
		"no kind":          {"a: b\n", []result{{Status: "error", Message: "error while parsing: missing 'kind' key"}}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got, _ := ask(t, "cases", c.text); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestViolations(t *testing.T) {
	got, _ := ask(t, "violations", "apiVersion: example.dev/v1\nkind: Widget\nspec: {size: x, wait: soon, a/b: 1}\n")
	want := []violation{
		{"/spec", "additional properties 'a/b' not allowed"},
		{"/spec/size", "got string, want integer"},
		{"/spec/wait", "'soon' is not valid duration: must start with P"},
	}
	if len(got) != 1 || !reflect.DeepEqual(got[0].Violations, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestNeeds(t *testing.T) {
	linked := "apiVersion: example.dev/v1\nkind: Linked\nspec: 1\n"
	widget := "apiVersion: example.dev/v1\nkind: Widget\n"
	_, first := ask(t, "needs", linked, widget, linked)
	if want := []string{"example.dev/linked_v1.json", "example.dev/widget_v1.json", "example.dev/common.json"}; !reflect.DeepEqual(first, want) {
		t.Errorf("asked for %v, want %v", first, want)
	}
	if _, second := ask(t, "needs", linked, widget); len(second) != 0 {
		t.Errorf("asked again for %v", second)
	}
	if len(libraryOf("needs").documents) != 0 {
		t.Error("documents are kept after they were compiled")
	}
	if _, err := release(guest.Request{Input: json.RawMessage(`{"source":"needs"}`)}); err != nil {
		t.Fatal(err)
	}
	if _, third := ask(t, "needs", widget); !reflect.DeepEqual(third, []string{"example.dev/widget_v1.json"}) {
		t.Errorf("after release it asked for %v", third)
	}
}

func TestInputErrors(t *testing.T) {
	for name, input := range map[string]string{
		"no JSON":          `{`,
		"no options":       `{}`,
		"a short version":  `{"options":{"kubernetesVersion":"1.36","schemaLocations":["x.json"]}}`,
		"no location":      `{"options":{"kubernetesVersion":"1.36.0"}}`,
		"a wrong template": `{"options":{"kubernetesVersion":"1.36.0","schemaLocations":["{{ .X }}.json"]}}`,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := validate(guest.Request{Input: json.RawMessage(input)}); err == nil {
				t.Error("no error")
			}
		})
	}
}
