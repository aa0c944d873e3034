// Package template stands in for html/template when the guest is built for
// WebAssembly: the types that sprig and cast name. Helm's templates are text/template's.
package template

// FuncMap has template functions by name.
type FuncMap map[string]any

// Strings that html/template takes as safe where they are named after.
type (
	CSS      string
	HTML     string
	HTMLAttr string
	JS       string
	URL      string
)
