package main

import (
	"bytes"
	"math"
	"regexp"

	goyaml "go.yaml.in/yaml/v2"
	"sigs.k8s.io/yaml"
)

// readYAML gives what sigs.k8s.io/yaml gives for a document, without its way over Go maps and JSON text, which is half of
// the cost. What is not plain, and what cannot be read, is left to that library, so that every error is its own.
func readYAML(document []byte, strict bool) (map[string]any, error) {
	// A MapSlice loses merge keys, which are << or have a tag, and takes a list of pairs.
	if !bytes.Contains(document, []byte("<<")) && !bytes.ContainsRune(document, '!') && noList.Match(document) {
		var fields goyaml.MapSlice
		if err := goyaml.Unmarshal(document, &fields); err == nil && fields != nil {
			if object, ok := plainMap(fields, maxDepth); ok {
				return object, nil
			}
		}
	}
	read := yaml.Unmarshal
	if strict {
		read = yaml.UnmarshalStrict
	}
	var object map[string]any
	err := read(document, &object)
	return object, err
}

// noList matches what begins, after ASCII comments, like a map or a scalar.
var noList = regexp.MustCompile(`\A(?:(?:[ \t]*#[ -~\t]*|---|[ \t]*)\r?\n)*[ ]*[A-Za-z"'{]`)

// maxDepth is below what encoding/json refuses.
const maxDepth = 1000

// plainMap is convertToJSONableObject of sigs.k8s.io/yaml (yaml.go), and then JSON and back, for a map whose keys are
// strings and differ.
func plainMap(fields goyaml.MapSlice, depth int) (map[string]any, bool) {
	if depth == 0 {
		return nil, false
	}
	object := make(map[string]any, len(fields))
	for _, field := range fields {
		key, isString := field.Key.(string)
		value, ok := plainValue(field.Value, depth-1)
		if !isString || !ok {
			return nil, false
		}
		object[key] = value
	}
	return object, len(object) == len(fields)
}

// plainValue says false for what JSON has no word for, such as .nan, and for numbers beyond an int.
func plainValue(value any, depth int) (any, bool) {
	switch known := value.(type) {
	case nil, bool, string:
		return known, true
	case int:
		return float64(known), true
	case float64:
		return known, !math.IsNaN(known) && !math.IsInf(known, 0)
	case goyaml.MapSlice:
		return plainMap(known, depth)
	case []any:
		if depth == 0 {
			return nil, false
		}
		list := make([]any, len(known))
		for i, item := range known {
			plain, ok := plainValue(item, depth-1)
			if !ok {
				return nil, false
			}
			list[i] = plain
		}
		return list, true
	}
	return nil, false
}
