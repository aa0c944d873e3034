// Command flux builds one folder of a source on disk with the packages that
// kustomize-controller uses, none of them replaced: the WebAssembly engine must give the same.
//
//	flux <source> <folder> <fluxKustomization as JSON>
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func main() {
	if err := run(os.Args[1], filepath.Join(os.Args[1], os.Args[2]), os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(source, folder, encoded string) error {
	var object map[string]any
	if err := json.Unmarshal([]byte(encoded), &object); err != nil {
		return err
	}
	fluxKustomization := unstructured.Unstructured{Object: object}
	if _, err := kustomize.NewGenerator(source, fluxKustomization).WriteFile(folder); err != nil {
		return err
	}
	built, err := kustomize.SecureBuild(source, folder, false)
	if err != nil {
		return err
	}
	_, substitutes, _ := unstructured.NestedMap(object, "spec", "postBuild")
	for _, resource := range built.Resources() {
		// The controller's own rule, in no package of it that can be imported (kustomize-controller, internal/controller/kustomization_controller.go, build).
		if resource.GetName() == "" || resource.GetKind() == "" || resource.GetApiVersion() == "" {
			return fmt.Errorf("failed to decode Kubernetes apiVersion, kind and name from: %v", resource.String())
		}
		if !substitutes {
			continue
		}
		substituted, err := kustomize.SubstituteVariables(context.Background(), nil, fluxKustomization, resource,
			kustomize.SubstituteWithDryRun(true), kustomize.SubstituteWithStrict(true))
		if err != nil {
			return err
		}
		if substituted != nil {
			if _, err := built.Replace(substituted); err != nil {
				return err
			}
		}
	}
	text, err := built.AsYaml()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(text)
	return err
}
