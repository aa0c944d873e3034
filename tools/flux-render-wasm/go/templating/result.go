package templating

import (
	chart "helm.sh/helm/v4/pkg/chart/v2"
	release "helm.sh/helm/v4/pkg/release/v1"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"

	"fluxwright.dev/flux-render-wasm/document"
	"fluxwright.dev/flux-render-wasm/fault"
)

// Result is a rendered release: its manifests in install order, its hooks in
// the order of their weights and its CRDs, apart.
type Result struct {
	Chart   ChartInfo
	Objects []Object
	Hooks   []Hook
	CRDs    []Object
	Notes   string
	Calls   []string
	Lookups []Lookup
}

// ChartInfo is the identity of the chart that was rendered.
type ChartInfo struct {
	Name       string `json:"name"`
	Version    string `json:"version"`
	AppVersion string `json:"appVersion,omitempty"`
	Deprecated bool   `json:"deprecated,omitempty"`
}

// Object is one document and the template that made it.
type Object struct {
	document.Document
	File string
}

// Hook is an object with what Helm reads from its hook annotations.
type Hook struct {
	Object
	Events            []release.HookEvent
	Weight            int
	DeletePolicies    []release.HookDeletePolicy
	OutputLogPolicies []release.HookOutputLogPolicy
}

func newResult(manifests []releaseutil.Manifest, hooks []*release.Hook, notes string, used *calls) (*Result, error) {
	result := &Result{Notes: notes, Calls: used.unrepeatableSorted(), Lookups: used.lookupsSorted()}
	for _, manifest := range manifests {
		parsed, err := parse(manifest.Name, manifest.Content)
		if err != nil {
			return nil, err
		}
		if parsed != nil {
			result.Objects = append(result.Objects, *parsed)
		}
	}
	for _, hook := range hooks {
		parsed, err := parse(hook.Path, hook.Manifest)
		if err != nil {
			return nil, err
		}
		result.Hooks = append(result.Hooks, Hook{*parsed, hook.Events, hook.Weight, hook.DeletePolicies, hook.OutputLogPolicies})
	}
	return result, nil
}

// addChart adds what the chart says without rendering: its identity and, unless left out, its CRDs.
func (r *Result) addChart(loaded *chart.Chart, withCRDs *bool) error {
	metadata := loaded.Metadata
	r.Chart = ChartInfo{Name: metadata.Name, Version: metadata.Version, AppVersion: metadata.AppVersion, Deprecated: metadata.Deprecated}
	if withCRDs != nil && !*withCRDs {
		return nil
	}
	for _, crd := range loaded.CRDObjects() {
		for _, text := range document.Split(string(crd.File.Data)) {
			parsed, err := parse(crd.Filename, text)
			if err != nil {
				return err
			}
			if parsed != nil {
				r.CRDs = append(r.CRDs, *parsed)
			}
		}
	}
	return nil
}

// parse gives nil for a document without content, such as one of comments only.
func parse(file, text string) (*Object, error) {
	parse := document.Parse
	if encoded, known := encodings[text]; known {
		parse = func(text string) (*document.Document, error) { return document.Encoded(text, encoded) }
	}
	parsed, err := parse(text)
	if err != nil {
		return nil, &fault.Fault{Kind: fault.YAML, Message: err.Error(), File: file}
	}
	if parsed == nil {
		return nil, nil
	}
	return &Object{*parsed, file}, nil
}
