package templating

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"text/template"
	"time"

	"github.com/Masterminds/semver/v3"
	"github.com/Masterminds/sprig/v3"
	"helm.sh/helm/v4/pkg/chart/common"
)

// The guest's templates call methods by a list of names, since the linker keeps all methods of all types where any may be
// called (scripts/template-methods.ts). Whatever a chart can come by must have its methods in that list.
func TestCallsEveryMethodThatAChartCanReach(t *testing.T) {
	for _, reached := range reachable() {
		for method := range reached.Methods() {
			text := "{{ .value." + method.Name + " }}"
			parsed := template.Must(template.New("").Parse(text))
			value := map[string]any{"value": reflect.New(reached.Elem()).Interface()}
			if err := parsed.Execute(io.Discard, value); err != nil && strings.Contains(err.Error(), "can't evaluate field") {
				t.Errorf("%v: %v", reached, err)
			}
		}
	}
}

// Some of these methods give nothing but an error, which a template takes for a value.
func TestCallsTheMethodsOfErrors(t *testing.T) {
	wrapped := fmt.Errorf("outer: %w", errors.New("inner"))
	var text strings.Builder
	parsed := template.Must(template.New("").Parse("{{ .Error }}, {{ .Unwrap.Error }}"))
	if err := parsed.Execute(&text, wrapped); err != nil || text.String() != "outer: inner, inner" {
		t.Errorf("got %q, %v", text.String(), err)
	}
}

type other struct{}

func (other) NoChartCanReachThis() string { return "" }

func TestCallsNoOtherMethod(t *testing.T) {
	parsed := template.Must(template.New("").Parse("{{ .NoChartCanReachThis }}"))
	if err := parsed.Execute(io.Discard, other{}); err == nil {
		t.Error("the library is not patched: the guest is larger than it has to be")
	}
}

// reachable gives pointers to all named types that a template comes by: from what Helm and its functions hand out, by
// fields, elements and results of methods.
func reachable() []reflect.Type {
	roots := []reflect.Type{
		// What Helm puts into a template's data, and a type of Helm's functions of durations.
		reflect.TypeFor[common.Values](),
		reflect.TypeFor[common.Capabilities](),
		reflect.TypeFor[time.Duration](),
		// What functions hand out as `any`.
		reflect.TypeFor[semver.Version](),
		reflect.TypeFor[time.Time](),
	}
	for _, function := range sprig.TxtFuncMap() {
		roots = append(roots, results(reflect.TypeOf(function))...)
	}
	seen := map[reflect.Type]bool{}
	var named []reflect.Type
	for len(roots) > 0 {
		next := roots[0]
		roots = roots[1:]
		if seen[next] {
			continue
		}
		seen[next] = true
		if next.Kind() != reflect.Interface && next.Kind() != reflect.Pointer && next.Name() != "" {
			pointer := reflect.PointerTo(next)
			named = append(named, pointer)
			for method := range pointer.Methods() {
				roots = append(roots, results(method.Type)...)
			}
		}
		switch next.Kind() {
		case reflect.Array, reflect.Chan, reflect.Pointer, reflect.Slice:
			roots = append(roots, next.Elem())
		case reflect.Map:
			roots = append(roots, next.Key(), next.Elem())
		case reflect.Struct:
			for field := range next.Fields() {
				if field.IsExported() {
					roots = append(roots, field.Type)
				}
			}
		}
	}
	return named
}

// results are the types of what a template can go on with: one value, or one beside an error.
func results(function reflect.Type) []reflect.Type {
	count := function.NumOut()
	if count == 1 || count == 2 && function.Out(1) == reflect.TypeFor[error]() {
		return []reflect.Type{function.Out(0)}
	}
	return nil
}
