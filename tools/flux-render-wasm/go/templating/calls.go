package templating

import (
	"maps"
	"reflect"
	"slices"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

// unrepeatable are the template functions whose result differs from one
// rendering to the next: they read the clock or random numbers.
var unrepeatable = []string{
	"ago", "bcrypt", "encryptAES", "genCA", "genCAWithKey", "genPrivateKey", "genSelfSignedCert", "genSelfSignedCertWithKey",
	"genSignedCert", "genSignedCertWithKey", "htpasswd", "now", "randAlpha", "randAlphaNum", "randAscii", "randBytes", "randInt",
	"randNumeric", "shuffle", "uuidv4",
}

// Lookup is one call of the template function `lookup`, which finds nothing here.
type Lookup struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace"`
	Name       string `json:"name"`
}

// calls notes which functions a rendering called whose result a cluster or a second rendering would change.
type calls struct {
	unrepeatable map[string]bool
	lookups      map[Lookup]bool
}

func newCalls() *calls {
	return &calls{unrepeatable: map[string]bool{}, lookups: map[Lookup]bool{}}
}

// functions wraps the functions of interest; each still does what it did.
func (c *calls) functions() template.FuncMap {
	sprigFunctions := sprig.TxtFuncMap()
	wrapped := template.FuncMap{"lookup": c.lookup}
	for _, name := range unrepeatable {
		if original, exists := sprigFunctions[name]; exists {
			wrapped[name] = c.noting(name, original)
		}
	}
	return wrapped
}

func (c *calls) noting(name string, function any) any {
	original := reflect.ValueOf(function)
	return reflect.MakeFunc(original.Type(), func(arguments []reflect.Value) []reflect.Value {
		c.unrepeatable[name] = true
		if original.Type().IsVariadic() {
			return original.CallSlice(arguments)
		}
		return original.Call(arguments)
	}).Interface()
}

func (c *calls) lookup(apiVersion, kind, namespace, name string) (map[string]any, error) {
	c.lookups[Lookup{apiVersion, kind, namespace, name}] = true
	return map[string]any{}, nil
}

func (c *calls) unrepeatableSorted() []string {
	return append([]string{}, slices.Sorted(maps.Keys(c.unrepeatable))...)
}

func (c *calls) lookupsSorted() []Lookup {
	sorted := slices.AppendSeq([]Lookup{}, maps.Keys(c.lookups))
	slices.SortFunc(sorted, func(a, b Lookup) int {
		return slices.Compare([]string{a.APIVersion, a.Kind, a.Namespace, a.Name}, []string{b.APIVersion, b.Kind, b.Namespace, b.Name})
	})
	return sorted
}
