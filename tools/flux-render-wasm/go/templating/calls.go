package templating

import (
	"maps"
	"reflect"
	"slices"
	"text/template"
	"time"

	"github.com/Masterminds/sprig/v3"
)

// unrepeatable are the template functions whose result differs from one
// rendering to the next: they read the clock or random numbers.
var unrepeatable = []string{
	"ago", "bcrypt", "encryptAES", "genCA", "genCAWithKey", "genPrivateKey", "genSelfSignedCert", "genSelfSignedCertWithKey",
	"genSignedCert", "genSignedCertWithKey", "htpasswd", "now", "randAlpha", "randAlphaNum", "randAscii", "randBytes", "randInt",
	"randNumeric", "shuffle", "uuidv4",
}

// dates are the functions that read the clock for what is no date, each with the position of the date.
var dates = map[string]int{"date": 1, "dateInZone": 1, "date_in_zone": 1, "htmlDate": 0, "htmlDateInZone": 0}

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
	wrapped := template.FuncMap{"lookup": c.lookup, "keys": sortedKeys, "values": valuesByKey}
	wrap := func(name string, differs func(arguments []reflect.Value) bool) {
		if original, exists := sprigFunctions[name]; exists {
			wrapped[name] = c.noting(name, original, differs)
		}
	}
	for _, name := range unrepeatable {
		wrap(name, func([]reflect.Value) bool { return true })
	}
	for name, position := range dates {
		wrap(name, func(arguments []reflect.Value) bool { return !isDate(arguments[position].Interface()) })
	}
	wrap("durationRound", func(arguments []reflect.Value) bool {
		_, sinceThen := arguments[0].Interface().(time.Time)
		return sinceThen
	})
	return wrapped
}

// isDate knows what sprig's functions take as a date.
func isDate(value any) bool {
	switch value.(type) {
	case time.Time, *time.Time, int, int32, int64:
		return true
	}
	return false
}

// sortedKeys is sprig's keys, which gives those of each dictionary in any order.
func sortedKeys(dictionaries ...map[string]any) []string {
	sorted := []string{}
	for _, dictionary := range dictionaries {
		sorted = append(sorted, slices.Sorted(maps.Keys(dictionary))...)
	}
	return sorted
}

// valuesByKey is sprig's values, which gives them in any order.
func valuesByKey(dictionary map[string]any) []any {
	ordered := []any{}
	for _, key := range sortedKeys(dictionary) {
		ordered = append(ordered, dictionary[key])
	}
	return ordered
}

func (c *calls) noting(name string, function any, differs func(arguments []reflect.Value) bool) any {
	original := reflect.ValueOf(function)
	return reflect.MakeFunc(original.Type(), func(arguments []reflect.Value) []reflect.Value {
		if differs(arguments) {
			c.unrepeatable[name] = true
		}
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
