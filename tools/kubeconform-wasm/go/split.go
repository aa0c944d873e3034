package main

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/yannh/kubeconform/pkg/resource"
	"sigs.k8s.io/yaml"
)

// item is one resource to validate. Its key is empty when it has no kind or apiVersion; object is set when it could be read.
type item struct {
	part            int
	key             kindKey
	namespace, name string
	object          map[string]any
	resource        resource.Resource
}

// split cuts the parts into resources as the command does with files (kubeconform pkg/resource, FromFiles): YAML streams at
// ---, and Lists into their items. A part with nothing in it is one empty resource.
func (c *checker) split(parts [][]byte, texts []int) []item {
	var items []item
	for part, bytes := range parts {
		if !slices.Contains(texts, part) {
			items = append(items, fromJSON(part, bytes)...)
			continue
		}
		before := len(items)
		for rest := bytes; ; {
			advance, document, _ := resource.SplitYAMLDocument(rest, true)
			if advance == 0 {
				break
			}
			if len(document) > 0 {
				items = append(items, c.fromText(part, document)...)
			}
			rest = rest[advance:]
		}
		if len(items) == before {
			items = append(items, item{part: part})
		}
	}
	return items
}

// fromText reads one YAML document, once. What cannot be read so is left to kubeconform.
func (c *checker) fromText(part int, bytes []byte) []item {
	object, err := readYAML(bytes, c.options.Strict)
	if err != nil {
		return fromUnread(part, bytes)
	}
	return fromObject(part, bytes, object)
}

func fromJSON(part int, bytes []byte) []item {
	var object map[string]any
	if err := json.Unmarshal(bytes, &object); err != nil {
		return fromUnread(part, bytes)
	}
	return fromObject(part, bytes, object)
}

// fromObject takes a decoded object. What is a List or has no kind is left to kubeconform.
func fromObject(part int, bytes []byte, object map[string]any) []item {
	whole := resource.Resource{Bytes: bytes}
	signature, err := whole.SignatureFromMap(object)
	if err != nil || signature.Kind == "" || signature.Version == "" || strings.EqualFold(signature.Kind, "list") || !plain(object) {
		return fromUnread(part, bytes)
	}
	key := kindKey{signature.Version, signature.Kind}
	return []item{{part: part, key: key, namespace: signature.Namespace, name: signature.Name, object: object}}
}

// plain says that kubeconform's Signature reads the same names as SignatureFromMap. It decodes into a struct, which makes
// other types an error or a string, and takes keys in any case.
func plain(object map[string]any) bool {
	metadata, isMap := object["metadata"].(map[string]any)
	if object["metadata"] != nil && !isMap || metadata["generateName"] == "" {
		return false
	}
	for _, name := range []string{"name", "namespace", "generateName"} {
		if _, isString := metadata[name].(string); metadata[name] != nil && !isString {
			return false
		}
	}
	return inOneCase(object, "apiVersion", "kind", "metadata") && inOneCase(metadata, "name", "namespace", "generateName")
}

func inOneCase(object map[string]any, names ...string) bool {
	for key := range object {
		for _, name := range names {
			if key != name && strings.EqualFold(key, name) {
				return false
			}
		}
	}
	return true
}

// fromUnread is kubeconform's own reading.
func fromUnread(part int, bytes []byte) []item {
	whole := resource.Resource{Bytes: bytes}
	members := whole.Resources()
	items := make([]item, 0, len(members))
	for _, member := range members {
		one := item{part: part, resource: member}
		// A resource keeps its first signature. For an item of a List kubeconform's first is the strict one of
		// ValidateResource, so a copy is asked here.
		if signature, err := member.Signature(); err == nil {
			one.key = kindKey{signature.Version, signature.Kind}
		}
		items = append(items, one)
	}
	return items
}

func decode(bytes []byte) map[string]any {
	var object map[string]any
	_ = yaml.Unmarshal(bytes, &object)
	return object
}
