package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"fluxwright.dev/wasm-host/guest"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/yannh/kubeconform/pkg/cache"
	"github.com/yannh/kubeconform/pkg/resource"
	"github.com/yannh/kubeconform/pkg/validator"
)

// options are kubeconform's, under the names of the TypeScript API.
type options struct {
	Source               string   `json:"source"`
	KubernetesVersion    string   `json:"kubernetesVersion"`
	SchemaLocations      []string `json:"schemaLocations"`
	Strict               bool     `json:"strict"`
	IgnoreMissingSchemas bool     `json:"ignoreMissingSchemas"`
	SkipKinds            []string `json:"skipKinds"`
	RejectKinds          []string `json:"rejectKinds"`
}

// checker is a kubeconform validator, which keeps every schema it compiled.
type checker struct {
	options   options
	validator validator.Validator
	compiled  cache.Cache
	probed    map[[2]string]bool
}

// checkers lives as long as the instance: the same options reach the same compiled schemas.
var checkers = map[string]*checker{}

// version is what the -kubernetes-version flag accepts (kubeconform pkg/config).
var version = regexp.MustCompile(`^(master|\d+\.\d+\.\d+)$`)

func checkerOf(raw json.RawMessage) (*checker, error) {
	if known, ok := checkers[string(raw)]; ok {
		return known, nil
	}
	var opts options
	if err := (guest.Request{Input: raw}).Decode(&opts); err != nil {
		return nil, err
	}
	if !version.MatchString(opts.KubernetesVersion) {
		return nil, guest.InputError(fmt.Sprintf("kubernetesVersion %q is neither \"master\" nor x.y.z", opts.KubernetesVersion), nil)
	}
	locations := make([]string, len(opts.SchemaLocations))
	for i, location := range opts.SchemaLocations {
		locations[i] = schemaRoot + location
	}
	if len(locations) == 0 {
		return nil, guest.InputError("schemaLocations is empty", nil)
	}
	made, err := validator.New(locations, validator.Opts{
		KubernetesVersion:    opts.KubernetesVersion,
		Strict:               opts.Strict,
		IgnoreMissingSchemas: opts.IgnoreMissingSchemas,
		SkipKinds:            set(opts.SkipKinds),
		RejectKinds:          set(opts.RejectKinds),
	})
	if err != nil {
		return nil, guest.InputError(strings.ReplaceAll(err.Error(), schemaRoot, ""), nil)
	}
	checkers[string(raw)] = &checker{options: opts, validator: made, compiled: compiledBy(made), probed: map[[2]string]bool{}}
	return checkers[string(raw)], nil
}

// compiledBy gives the validator's own cache of compiled schemas, a private field. It panics for a kubeconform that has no
// such field.
func compiledBy(made validator.Validator) cache.Cache {
	field := reflect.ValueOf(made).Elem().FieldByName("schemaMemoryCache")
	return *(*cache.Cache)(field.Addr().UnsafePointer())
}

// schema is the compiled schema of a kind that kubeconform has validated.
func (c *checker) schema(signature *resource.Signature) *jsonschema.Schema {
	// The key is kubeconform's (pkg/validator, key).
	compiled, err := c.compiled.Get(fmt.Sprintf("%s-%s-%s", signature.Kind, signature.Version, c.options.KubernetesVersion))
	if err != nil {
		panic(err)
	}
	return compiled.(*jsonschema.Schema)
}

func set(names []string) map[string]struct{} {
	members := map[string]struct{}{}
	for _, name := range names {
		members[strings.TrimSpace(name)] = struct{}{}
	}
	return members
}

// probe makes kubeconform load the schema of one kind. It reports whether kubeconform now holds a verdict that it came to
// without all documents, so that it must be made anew.
func (c *checker) probe(apiVersion, kind string) (stale bool) {
	key := [2]string{apiVersion, kind}
	if c.probed[key] {
		return false
	}
	object, _ := json.Marshal(map[string]string{"apiVersion": apiVersion, "kind": kind})
	before := len(current.pending)
	result := c.validator.ValidateResource(resource.Resource{Bytes: object})
	if len(current.pending) == before {
		c.probed[key] = true
		return false
	}
	// kubeconform keeps a missing schema in its cache, but not a failure to load one.
	return !(result.Status == validator.Error && strings.Contains(result.Err.Error(), errPending.Error()))
}
