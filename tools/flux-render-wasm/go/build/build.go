// Package build builds a folder of a source the way Flux's kustomize-controller does:
// its generator, kustomize with its settings, variable substitution, common metadata.
package build

import (
	"errors"
	"path"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/resource"

	"fluxwright.dev/flux-render-wasm/document"
	"fluxwright.dev/flux-render-wasm/fault"
	"fluxwright.dev/flux-render-wasm/substitution"
	"fluxwright.dev/flux-render-wasm/tree"
)

// Options are what kustomize-controller knows besides the source.
type Options struct {
	// Path is the folder to build, relative to the source.
	Path string
	// FluxKustomization is the object, or at least its spec; empty for a plain build.
	FluxKustomization map[string]any
	// Sources hold what postBuild.substituteFrom names.
	Sources []substitution.Source
	// Strict fails on a variable that has neither value nor default, Flux 2.9's default.
	Strict bool
	// MaxOutputBytes bounds the YAML text of all objects; 0 is no bound.
	MaxOutputBytes int
}

// Result is a build's objects in kustomize's order.
type Result struct {
	Objects       []Object
	Kustomization Generated
}

// Object is one built object. File is where it was read from, relative to the
// source, and empty for a generated one; ConfiguredIn then names the kustomization file that asked for it.
type Object struct {
	document.Document
	File         string
	ConfiguredIn string
}

// Build builds one folder. files is written to and must not be used again.
func Build(files *tree.Tree, options Options) (*Result, error) {
	folder := path.Join(tree.Root, options.Path)
	if !files.IsDir(folder) || (folder != tree.Root && !strings.HasPrefix(folder, tree.Root+"/")) {
		return nil, fault.New(fault.Kustomization, "kustomization path not found: %q is no folder of the source", options.Path)
	}
	fluxKustomization := unstructured.Unstructured{Object: options.FluxKustomization}
	generated, err := generate(files, folder, fluxKustomization)
	if err != nil {
		return nil, asFault(fault.Kustomization, "", err)
	}
	if err := refuseRemote(files, folder, map[string]bool{}); err != nil {
		return nil, err
	}
	built, err := runKustomize(files, folder)
	if err != nil {
		return nil, asFault(fault.Kustomization, generated.Path, err)
	}
	generated.Path = inSource(generated.Path)
	result := &Result{Kustomization: generated}
	total := 0
	known := identitiesOf(built.Resources())
	for _, one := range built.Resources() {
		object, err := finish(one, known, options)
		if err != nil {
			return nil, err
		}
		total += len(object.YAML)
		if options.MaxOutputBytes > 0 && total > options.MaxOutputBytes {
			return nil, fault.New(fault.Size, "the build gives more than the %d bytes allowed", options.MaxOutputBytes)
		}
		result.Objects = append(result.Objects, *object)
	}
	return result, nil
}

func finish(one *resource.Resource, known identities, options Options) (*Object, error) {
	if one.GetName() == "" || one.GetKind() == "" || one.GetApiVersion() == "" {
		return nil, fault.New(fault.Kustomization, "failed to decode Kubernetes apiVersion, kind and name from: %v", one.String())
	}
	before := identity(one)
	substituted, err := substitution.PostBuild(options.FluxKustomization, one, options.Sources, options.Strict)
	if err != nil {
		return nil, err
	}
	if substituted {
		if err := known.change(before, one); err != nil {
			return nil, err
		}
	}
	if err := addCommonMetadata(one, options.FluxKustomization); err != nil {
		return nil, fault.New(fault.Kustomization, "%v", err)
	}
	text, err := one.AsYAML()
	if err != nil {
		return nil, fault.New(fault.Kustomization, "%v", err)
	}
	parsed, err := document.Parse(string(text))
	if err != nil {
		return nil, fault.New(fault.YAML, "%v", err)
	}
	object := &Object{Document: *parsed}
	// scripts/kustomize-patches.ts
	if place := one.Place(); place != nil {
		if place.Path != "" {
			object.File = inSource(path.Join(tree.Root, options.Path, place.Path))
		}
		if place.ConfiguredIn != "" {
			object.ConfiguredIn = inSource(path.Join(tree.Root, options.Path, place.ConfiguredIn))
		}
	}
	return object, nil
}

// asFault takes the mount point out of kustomize's messages: paths in them are then relative to the source.
func asFault(kind fault.Kind, file string, err error) error {
	var known *fault.Fault
	if errors.As(err, &known) {
		return known
	}
	message := strings.ReplaceAll(err.Error(), tree.Root+"/", "")
	return &fault.Fault{Kind: kind, Message: strings.ReplaceAll(message, tree.Root, "."), File: inSource(file)}
}
