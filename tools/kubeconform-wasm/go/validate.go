package main

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"fluxwright.dev/wasm-host/guest"
	"github.com/yannh/kubeconform/pkg/resource"
	"github.com/yannh/kubeconform/pkg/validator"
)

type validateInput struct {
	Options json.RawMessage `json:"options"`
	// Texts are the parts that are YAML streams; every other part is one JSON object.
	Texts []int `json:"texts"`
}

type result struct {
	Part       int         `json:"part"`
	Status     string      `json:"status"`
	Kind       string      `json:"kind,omitempty"`
	Version    string      `json:"version,omitempty"`
	Namespace  string      `json:"namespace,omitempty"`
	Name       string      `json:"name,omitempty"`
	Message    string      `json:"message,omitempty"`
	Violations []violation `json:"violations,omitempty"`
}

// validateOutput has either results or the paths of schema documents to supply before the same request is sent again.
type validateOutput struct {
	Results []result `json:"results"`
	Needs   []string `json:"needs,omitempty"`
}

var statuses = map[validator.Status]string{
	validator.Error: "error", validator.Skipped: "skipped", validator.Valid: "valid", validator.Invalid: "invalid", validator.Empty: "empty",
}

// validate runs kubeconform over every document in the request's parts.
func validate(request guest.Request) (guest.Reply, error) {
	var input validateInput
	if err := request.Decode(&input); err != nil {
		return guest.Reply{}, err
	}
	check, err := checkerOf(input.Options)
	if err != nil {
		return guest.Reply{}, err
	}
	current = libraryOf(check.options.Source)
	items := split(request.Parts, input.Texts)
	stale := false
	for _, item := range items {
		if item.kind != "" && check.probe(item.apiVersion, item.kind) {
			stale = true
		}
	}
	results := make([]result, 0, len(items))
	if len(current.pending) == 0 {
		for _, item := range items {
			results = append(results, check.report(item.part, check.validator.ValidateResource(item.resource)))
		}
		stale = stale || len(current.pending) > 0
	}
	if stale {
		delete(checkers, string(input.Options))
	}
	if needs := current.takePending(); len(needs) > 0 {
		return guest.Reply{Output: validateOutput{Needs: needs, Results: []result{}}}, nil
	}
	clear(current.documents)
	return guest.Reply{Output: validateOutput{Results: results}}, nil
}

func (c *checker) report(part int, from validator.Result) result {
	signature, _ := from.Resource.Signature()
	to := result{
		Part: part, Status: statuses[from.Status],
		Kind: signature.Kind, Version: signature.Version, Namespace: signature.Namespace, Name: signature.Name,
	}
	if from.Status == validator.Invalid {
		violations, reason := explain(c.schema(signature), from.Resource.Bytes)
		to.Violations, from.Err = violations, errors.New(invalidPrefix+reason)
	}
	if from.Err != nil {
		to.Message = strings.ReplaceAll(from.Err.Error(), schemaRoot, "")
	}
	return to
}

// invalidPrefix is how kubeconform begins the message of an invalid resource.
const invalidPrefix = "problem validating schema. Check JSON formatting: "

type item struct {
	part             int
	apiVersion, kind string
	resource         resource.Resource
}

// split cuts the parts into resources as the command does with files (kubeconform pkg/resource, FromFiles): YAML streams at
// ---, and Lists into their items. A part with nothing in it is one empty resource.
func split(parts [][]byte, texts []int) []item {
	var items []item
	for part, bytes := range parts {
		if !slices.Contains(texts, part) {
			items = append(items, expand(part, bytes)...)
			continue
		}
		before := len(items)
		for rest := bytes; ; {
			advance, document, _ := resource.SplitYAMLDocument(rest, true)
			if advance == 0 {
				break
			}
			if len(document) > 0 {
				items = append(items, expand(part, document)...)
			}
			rest = rest[advance:]
		}
		if len(items) == before {
			items = append(items, item{part: part})
		}
	}
	return items
}

func expand(part int, bytes []byte) []item {
	whole := resource.Resource{Bytes: bytes}
	members := whole.Resources()
	items := make([]item, 0, len(members))
	for _, member := range members {
		one := item{part: part, resource: member}
		if signature, err := one.resource.Signature(); err == nil {
			one.apiVersion, one.kind = signature.Version, signature.Kind
		}
		items = append(items, one)
	}
	return items
}
