// Package template stands in for text/template when the guest is built for WebAssembly: text with {{ .Field }} in it.
// The real package calls methods by name, which makes the linker keep every exported method of the program.
package template

import (
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"
)

var action = regexp.MustCompile(`\{\{-?\s*(.*?)\s*-?\}\}`)
var field = regexp.MustCompile(`^\.([A-Za-z][A-Za-z0-9]*)$`)

// Template is a parsed text.
type Template struct {
	name string
	text string
}

// New gives an empty template.
func New(name string) *Template { return &Template{name: name} }

// Parse sets the text. An action other than {{ .Field }} is an error.
func (t *Template) Parse(text string) (*Template, error) {
	for _, found := range action.FindAllStringSubmatch(text, -1) {
		if !field.MatchString(found[1]) || strings.Contains(found[0], "{{-") || strings.Contains(found[0], "-}}") {
			return nil, fmt.Errorf("template: %s: %s: only {{ .Field }} can be used here", t.name, found[0])
		}
	}
	if rest := action.ReplaceAllString(text, ""); strings.Contains(rest, "{{") {
		return nil, fmt.Errorf("template: %s: unclosed action", t.name)
	}
	t.text = text
	return t, nil
}

// Execute writes the text with the fields of the struct data.
func (t *Template) Execute(writer io.Writer, data any) error {
	value := reflect.ValueOf(data)
	var failure error
	text := action.ReplaceAllStringFunc(t.text, func(found string) string {
		name := field.FindStringSubmatch(action.FindStringSubmatch(found)[1])[1]
		content := value.FieldByName(name)
		if !content.IsValid() {
			failure = fmt.Errorf("template: %s: can't evaluate field %s", t.name, name)
			return ""
		}
		return content.String()
	})
	if failure != nil {
		return failure
	}
	_, err := io.WriteString(writer, text)
	return err
}
