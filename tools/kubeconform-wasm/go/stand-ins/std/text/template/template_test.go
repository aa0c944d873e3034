package template

import (
	"strings"
	"testing"
	real "text/template"
)

type fields struct{ Group, ResourceKind string }

// The stand-in writes what the real package writes, or refuses.
func TestLikeTheRealPackage(t *testing.T) {
	data := fields{"apps", "deployment"}
	for _, text := range []string{
		"", "plain", "{{ .Group }}/{{.ResourceKind}}.json", "{{	.Group	}}{{ .Group }}", "a } b {{ .Group }} }}", "{ {{ .Group }} }",
	} {
		if got, want := write(t, text, data), writeReal(t, text, data); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestRefuses(t *testing.T) {
	for _, text := range []string{
		"{{ if .Group }}x{{ end }}", "{{ .Group | printf \"%s\" }}", "{{- .Group }}", "{{ .Group -}}", "{{ . }}", "{{}}", "{{ .Group", "{{ \"a\" }}",
		"{{ .Group.Name }}", "{{/* comment */}}",
	} {
		if _, err := New("x").Parse(text); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
	parsed, err := New("x").Parse("{{ .Missing }}")
	if err == nil {
		err = parsed.Execute(&strings.Builder{}, fields{})
	}
	if err == nil {
		t.Error("a field that is not there: no error")
	}
}

func write(t *testing.T, text string, data fields) string {
	t.Helper()
	var output strings.Builder
	parsed, err := New("x").Parse(text)
	if err == nil {
		err = parsed.Execute(&output, data)
	}
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return output.String()
}

func writeReal(t *testing.T, text string, data fields) string {
	t.Helper()
	var output strings.Builder
	if err := real.Must(real.New("x").Parse(text)).Execute(&output, data); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return output.String()
}
