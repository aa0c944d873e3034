package main

import (
	"encoding/json"
	"strings"

	"fluxwright.dev/wasm-host/guest"
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
	collect()
	items := check.split(request.Parts, input.Texts)
	stale := false
	for _, item := range items {
		if item.key.kind != "" {
			_, one := check.judge(item.key)
			stale = stale || one
		}
	}
	results := make([]result, 0, len(items))
	if len(current.pending) == 0 {
		for _, item := range items {
			results = append(results, check.run(item))
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

// run validates one resource. An object that was read already is not read again: kubeconform's verdict over its kind, and
// then the schema that kubeconform compiled, decide, which is what kubeconform does with it (pkg/validator,
// ValidateResource). All else goes through kubeconform as it is.
func (c *checker) run(one item) result {
	if one.object == nil {
		return c.report(one, c.validator.ValidateResource(one.resource))
	}
	judged, _ := c.judge(one.key)
	switch judged.status {
	case validator.Skipped, validator.Error:
		return describe(one, judged.status, judged.message)
	}
	if err := c.schema(one.key).Validate(one.object); err != nil {
		return invalid(one, err)
	}
	return describe(one, validator.Valid, "")
}

func (c *checker) report(one item, from validator.Result) result {
	if signature, _ := from.Resource.Signature(); signature != nil {
		one.key = kindKey{signature.Version, signature.Kind}
		one.namespace, one.name = signature.Namespace, signature.Name
	}
	if from.Status == validator.Invalid {
		// kubeconform reports only the outermost violations, with the keys in a path as they are: ask the schema again.
		return invalid(one, c.schema(one.key).Validate(decode(from.Resource.Bytes)))
	}
	message := ""
	if from.Err != nil {
		message = from.Err.Error()
	}
	return describe(one, from.Status, message)
}

func invalid(one item, failure error) result {
	violations, reason := explain(failure)
	// kubeconform begins the message like this (pkg/validator, ValidateResource).
	to := describe(one, validator.Invalid, "problem validating schema. Check JSON formatting: "+reason)
	to.Violations = violations
	return to
}

// wording leaves out that kubeconform believes to download schemas.
var wording = strings.NewReplacer("failed downloading schema at ", "failed reading schema ", schemaRoot, "")

func describe(one item, status validator.Status, message string) result {
	return result{
		Part: one.part, Status: statuses[status],
		Kind: one.key.kind, Version: one.key.apiVersion, Namespace: one.namespace, Name: one.name,
		Message: wording.Replace(message),
	}
}
