package templating

import (
	"encoding/json"
	"errors"
	"testing"

	"fluxwright.dev/flux-render-wasm/chartload"
	"fluxwright.dev/flux-render-wasm/fault"
)

// render gives the fault of a chart `c` with two template files and some values.
func render(t *testing.T, page, helpers, values string) *fault.Fault {
	t.Helper()
	loaded, err := chartload.Files([]chartload.File{
		{Path: "Chart.yaml", Data: []byte("apiVersion: v2\nname: c\nversion: 1.0.0\n")},
		{Path: "templates/page.yaml", Data: []byte(page)},
		{Path: "templates/_help.tpl", Data: []byte(helpers)},
	})
	if err != nil {
		t.Fatal(err)
	}
	var decoded map[string]any
	if err := json.Unmarshal([]byte(values), &decoded); err != nil {
		t.Fatal(err)
	}
	_, err = Template(loaded, decoded, Options{Release: Release{Name: "r", Namespace: "n"}, KubernetesVersion: "1.36.0"})
	var found *fault.Fault
	if !errors.As(err, &found) {
		t.Fatalf("no fault but %v", err)
	}
	return found
}

func TestFindsThePlaceOfAFault(t *testing.T) {
	for name, test := range map[string]struct{ page, helpers, values, want string }{
		"a parse error": {
			page: "a: b\n\nc: {{ if }}\n",
			want: `{"kind":"template-parse","message":"missing value for if","file":"c/templates/page.yaml","line":3}`,
		},
		"an unknown function": {
			page: "a: {{ nope }}\n",
			want: `{"kind":"template-parse","message":"function \"nope\" not defined","file":"c/templates/page.yaml","line":1}`,
		},
		"a nil pointer": {
			page: "a: b\nc: {{ .Values.x.y }}\n",
			want: `{"kind":"template","message":"nil pointer evaluating interface {}.y","file":"c/templates/page.yaml","line":2,"column":14,"trace":[{"file":"c/templates/page.yaml","line":2,"column":14,"action":"\"c/templates/page.yaml\" at \u003c.Values.x.y\u003e"}]}`,
		},
		"an error two calls down": {
			page:    "a: {{ include \"outer\" . }}\n",
			helpers: "{{ define \"outer\" }}{{ include \"inner\" . }}{{ end }}\n{{ define \"inner\" }}\n{{ .Values.x.y }}{{ end }}",
			want:    `{"kind":"template","message":"nil pointer evaluating interface {}.y","file":"c/templates/_help.tpl","line":3,"column":11,"trace":[{"file":"c/templates/page.yaml","line":1,"column":7,"action":"\"c/templates/page.yaml\" at \u003cinclude \"outer\" .\u003e"},{"file":"c/templates/_help.tpl","line":1,"column":24,"action":"\"outer\" at \u003cinclude \"inner\" .\u003e"},{"file":"c/templates/_help.tpl","line":3,"column":11,"action":"\"inner\" at \u003c.Values.x.y\u003e"}]}`,
		},
		"a function that fails two calls down": {
			page:    "a: {{ include \"outer\" . }}\n",
			helpers: "{{ define \"outer\" }}\n{{ tpl \"b: {{ semver .a }}\" (dict \"a\" \"x\") }}{{ end }}",
			want:    `{"kind":"template","message":"error calling semver: invalid semantic version","file":"c/templates/_help.tpl","line":2,"column":4,"trace":[{"file":"c/templates/page.yaml","line":1,"column":7,"action":"\"c/templates/page.yaml\" at \u003cinclude \"outer\" .\u003e"},{"file":"c/templates/_help.tpl","line":2,"column":4,"action":"\"outer\" at \u003ctpl \"b: {{ semver .a }}\" (dict \"a\" \"x\")\u003e"},{"file":"gotpl","line":1,"column":7,"action":"\"gotpl\" at \u003csemver .a\u003e"}]}`,
		},
		"a chart that gives up": {
			page: "\n{{ fail \"no: (really) not\" }}",
			want: `{"kind":"template-fail","message":"no: (really) not","file":"c/templates/page.yaml","line":2,"column":4}`,
		},
		"text that is no YAML": {
			page:   "kind: A\nname: a\n---\nkind: B\nlist:\n{{ .Values.text | indent 2 }}\n",
			values: `{"text": "- one\n bad: [\n"}`,
			want:   `{"kind":"yaml","message":"mapping values are not allowed in this context","file":"c/templates/page.yaml","rendered":{"line":7,"text":"kind: B\nlist:\n  - one\n   bad: [\n  \n"}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if test.values == "" {
				test.values = "{}"
			}
			encoded, err := json.Marshal(render(t, test.page, test.helpers, test.values))
			if err != nil {
				t.Fatal(err)
			}
			if string(encoded) != test.want {
				t.Errorf("\n got %s\nwant %s", encoded, test.want)
			}
		})
	}
}

func TestShortensTheTraceOfARecursion(t *testing.T) {
	found := render(t, "a: {{ include \"loop\" . }}\n", "{{ define \"loop\" }}{{ include \"loop\" . }}{{ end }}", "{}")
	if len(found.Trace) != 2*mostFrames || len(found.Message) > 200 || found.File != "c/templates/_help.tpl" {
		t.Errorf("%d frames, %q in %q", len(found.Trace), found.Message, found.File)
	}
}
