// Package fault holds the one error type of the renderers: what went wrong,
// where, in a form the host passes on unparsed.
package fault

import "fmt"

// Kind says which step refused the input.
type Kind string

// The kinds of fault; README.md lists what each means for a user.
const (
	Request       Kind = "request"
	Chart         Kind = "chart"
	Dependency    Kind = "dependency"
	ReleaseName   Kind = "release-name"
	KubeVersion   Kind = "kube-version"
	ValuesSchema  Kind = "values-schema"
	TemplateParse Kind = "template-parse"
	Template      Kind = "template"
	TemplateFail  Kind = "template-fail"
	YAML          Kind = "yaml"
	Size          Kind = "size"
	Kustomization Kind = "kustomization"
	RemoteBase    Kind = "remote-base"
	Substitution  Kind = "substitution"
)

// Fault is an error with a place. File is a path in the chart or tree, as
// Helm or kustomize names it; Line and Column count from 1 (columns in
// bytes) and are 0 when unknown. Message has no position in it.
type Fault struct {
	Kind       Kind        `json:"kind"`
	Message    string      `json:"message"`
	File       string      `json:"file,omitempty"`
	Line       int         `json:"line,omitempty"`
	Column     int         `json:"column,omitempty"`
	Trace      []Frame     `json:"trace,omitempty"`
	Violations []Violation `json:"violations,omitempty"`
	Rendered   *Excerpt    `json:"rendered,omitempty"`
}

// Frame is one step of a template call chain, outermost first.
type Frame struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Action string `json:"action,omitempty"`
}

// Violation is one breach of a chart's values.schema.json. Pointer is the
// JSON pointer into the values of Chart.
type Violation struct {
	Chart   string `json:"chart"`
	Pointer string `json:"pointer"`
	Message string `json:"message"`
}

// Excerpt shows where rendered text fails to be YAML: Line counts in the
// whole text that the template produced.
type Excerpt struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

func (f *Fault) Error() string {
	if f.File == "" {
		return f.Message
	}
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.File, f.Message)
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message)
}

// New makes a fault without a place.
func New(kind Kind, format string, args ...any) *Fault {
	return &Fault{Kind: kind, Message: fmt.Sprintf(format, args...)}
}
