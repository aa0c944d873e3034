// Package document reads Kubernetes objects from YAML text.
package document

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"sigs.k8s.io/yaml"
)

// Document is one object as text, as JSON and by its identity.
type Document struct {
	YAML     string
	JSON     []byte
	Identity Identity
}

// Identity names an object. Fields that are absent or no strings are empty.
type Identity struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace,omitempty"`
	Name       string `json:"name"`
}

// Parse reads one document by the rules of Kubernetes (YAML 1.1 to JSON). It
// gives nil for a document without content.
func Parse(text string) (*Document, error) {
	encoded, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return nil, err
	}
	return Encoded(text, encoded)
}

// Encoded is Parse for a document that was read as JSON already.
func Encoded(text string, encoded []byte) (*Document, error) {
	if string(encoded) == "null" {
		return nil, nil
	}
	identity, err := identify(encoded)
	if err != nil {
		return nil, err
	}
	return &Document{YAML: text, JSON: encoded, Identity: identity}, nil
}

func identify(encoded []byte) (Identity, error) {
	var head struct {
		APIVersion any `json:"apiVersion"`
		Kind       any `json:"kind"`
		Metadata   any `json:"metadata"`
	}
	if err := json.Unmarshal(encoded, &head); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return Identity{}, fmt.Errorf("the document is a %s, not an object", wrong.Value)
		}
		return Identity{}, err
	}
	metadata, _ := head.Metadata.(map[string]any)
	return Identity{
		APIVersion: text(head.APIVersion),
		Kind:       text(head.Kind),
		Namespace:  text(metadata["namespace"]),
		Name:       text(metadata["name"]),
	}, nil
}

func text(value any) string {
	found, _ := value.(string)
	return found
}

// Split cuts a stream into documents the way Helm does, dropping blank ones.
func Split(stream string) []string {
	parts := releaseutil.SplitManifests(strings.TrimPrefix(stream, "\ufeff"))
	documents := make([]string, len(parts))
	for i := range documents {
		documents[i] = parts[fmt.Sprintf("manifest-%d", i)]
	}
	return documents
}
