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
	TrustSchemas         bool     `json:"trustSchemas"`
}

type kindKey struct{ apiVersion, kind string }

// checker is a kubeconform validator, which keeps every schema it compiled.
type checker struct {
	options   options
	validator validator.Validator
	compiled  cache.Cache
	verdicts  map[kindKey]verdict
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
	checkers[string(raw)] = &checker{options: opts, validator: made, compiled: compiledBy(made), verdicts: map[kindKey]verdict{}}
	return checkers[string(raw)], nil
}

// compiledBy gives the validator's own cache of compiled schemas, a private field. It panics for a kubeconform that has no
// such field.
func compiledBy(made validator.Validator) cache.Cache {
	field := reflect.ValueOf(made).Elem().FieldByName("schemaMemoryCache")
	return *(*cache.Cache)(field.Addr().UnsafePointer())
}

// schema is the compiled schema of a kind that kubeconform has validated.
func (c *checker) schema(of kindKey) *jsonschema.Schema {
	// The key is kubeconform's (pkg/validator, key).
	compiled, err := c.compiled.Get(fmt.Sprintf("%s-%s-%s", of.kind, of.apiVersion, c.options.KubernetesVersion))
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

// verdict is what kubeconform says of a kind, whatever the object: that it is skipped or an error, or (with any other
// status) that the schema decides.
type verdict struct {
	status  validator.Status
	message string
}

// judge gives the verdict over a kind; the first time it makes kubeconform load the schema. A stale verdict was come to
// without all documents: kubeconform then holds a wrong one and must be made anew.
func (c *checker) judge(of kindKey) (result verdict, stale bool) {
	if known, ok := c.verdicts[of]; ok {
		return known, false
	}
	object, _ := json.Marshal(map[string]string{"apiVersion": of.apiVersion, "kind": of.kind})
	misses := current.misses
	// The switch is the build's own (wasm-host, json-schema-patches.ts): the library cannot be asked for this.
	jsonschema.TrustSchemas = c.options.TrustSchemas
	judged := c.validator.ValidateResource(resource.Resource{Bytes: object})
	// Compiling a schema leaves many times its size.
	collect()
	result = verdict{status: judged.Status}
	if judged.Status == validator.Error {
		result.message = judged.Err.Error()
	}
	if current.misses > misses {
		// kubeconform keeps a missing schema in its cache, but not a failure to load one.
		return result, !strings.Contains(result.message, errPending.Error())
	}
	c.verdicts[of] = result
	return result, false
}
