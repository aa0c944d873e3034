package main

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

type violation struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

// explain gives every violation in order, with its JSON pointer (RFC 6901), and jsonschema's message in the same order.
func explain(err error) ([]violation, string) {
	var failure *jsonschema.ValidationError
	if !errors.As(err, &failure) {
		return nil, ""
	}
	order(failure)
	return flatten(failure), strings.ReplaceAll(failure.Error(), "\n", " ")
}

var english = message.NewPrinter(language.English)

func text(failure *jsonschema.ValidationError) string {
	return failure.ErrorKind.LocalizedString(english)
}

// order sorts what jsonschema found while it went through maps.
func order(failure *jsonschema.ValidationError) {
	if extra, ok := failure.ErrorKind.(*kind.AdditionalProperties); ok {
		slices.Sort(extra.Properties)
	}
	for _, cause := range failure.Causes {
		order(cause)
	}
	slices.SortStableFunc(failure.Causes, func(a, b *jsonschema.ValidationError) int {
		return cmp.Or(slices.Compare(a.InstanceLocation, b.InstanceLocation), cmp.Compare(text(a), text(b)))
	})
}

// flatten lists the violations. All causes of a reference, a group or an allOf hold at once; those of an anyOf and its like
// are alternatives, so that they are one violation.
func flatten(failure *jsonschema.ValidationError) []violation {
	switch failure.ErrorKind.(type) {
	case *kind.Schema, *kind.Reference, *kind.Group, *kind.AllOf:
		if len(failure.Causes) > 0 {
			found := make([]violation, 0, len(failure.Causes))
			for _, cause := range failure.Causes {
				found = append(found, flatten(cause)...)
			}
			return found
		}
	}
	described := text(failure)
	alternatives := make([]string, 0, len(failure.Causes))
	for _, cause := range failure.Causes {
		for _, inner := range flatten(cause) {
			at := strings.TrimPrefix(inner.Path, pointer(failure.InstanceLocation))
			if at != "" {
				at = "at '" + at + "': "
			}
			alternatives = append(alternatives, at+inner.Message)
		}
	}
	if len(alternatives) > 0 {
		described += ": " + strings.Join(slices.Compact(alternatives), "; ")
	}
	return []violation{{Path: pointer(failure.InstanceLocation), Message: described}}
}

var escape = strings.NewReplacer("~", "~0", "/", "~1")

func pointer(tokens []string) string {
	var path strings.Builder
	for _, token := range tokens {
		path.WriteString("/" + escape.Replace(token))
	}
	return path.String()
}
