package main

import (
	release "helm.sh/helm/v4/pkg/release/v1"

	"fluxwright.dev/flux-render-wasm/build"
	"fluxwright.dev/flux-render-wasm/document"
	"fluxwright.dev/flux-render-wasm/templating"
	"fluxwright.dev/wasm-host/guest"
)

// head is what a reply's JSON says of one object; its YAML and its JSON follow as two parts.
type head struct {
	document.Identity
	File         string      `json:"file,omitempty"`
	ConfiguredIn string      `json:"configuredIn,omitempty"`
	Hook         *hookFields `json:"hook,omitempty"`
}

type hookFields struct {
	Events            []release.HookEvent           `json:"events"`
	Weight            int                           `json:"weight"`
	DeletePolicies    []release.HookDeletePolicy    `json:"deletePolicies"`
	OutputLogPolicies []release.HookOutputLogPolicy `json:"outputLogPolicies"`
}

// collector gathers heads in order with the parts that belong to them.
type collector struct{ parts [][]byte }

func (c *collector) add(one document.Document, rest head) head {
	c.parts = append(c.parts, []byte(one.YAML), one.JSON)
	rest.Identity = one.Identity
	return rest
}

func templateReply(result *templating.Result) guest.Reply {
	var collected collector
	objects, hooks, crds := []head{}, []head{}, []head{}
	for _, object := range result.Objects {
		objects = append(objects, collected.add(object.Document, head{File: object.File}))
	}
	for _, hook := range result.Hooks {
		fields := &hookFields{hook.Events, hook.Weight, hook.DeletePolicies, hook.OutputLogPolicies}
		hooks = append(hooks, collected.add(hook.Document, head{File: hook.File, Hook: fields}))
	}
	for _, crd := range result.CRDs {
		crds = append(crds, collected.add(crd.Document, head{File: crd.File}))
	}
	return guest.Reply{Parts: collected.parts, Output: map[string]any{
		"chart": result.Chart, "objects": objects, "hooks": hooks, "crds": crds,
		"notes": result.Notes, "unrepeatable": result.Calls, "lookups": result.Lookups,
	}}
}

func buildReply(result *build.Result) guest.Reply {
	var collected collector
	objects := []head{}
	for _, object := range result.Objects {
		objects = append(objects, collected.add(object.Document, head{File: object.File, ConfiguredIn: object.ConfiguredIn}))
	}
	return guest.Reply{Parts: collected.parts, Output: map[string]any{
		"objects": objects,
		"kustomization": map[string]any{
			"path": result.Kustomization.Path, "content": result.Kustomization.Content, "generated": result.Kustomization.Created,
		},
	}}
}

func substituteReply(documents []document.Document) guest.Reply {
	var collected collector
	objects := []head{}
	for _, one := range documents {
		objects = append(objects, collected.add(one, head{}))
	}
	return guest.Reply{Parts: collected.parts, Output: map[string]any{"objects": objects}}
}
