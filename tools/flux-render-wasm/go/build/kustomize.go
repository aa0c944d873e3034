package build

import (
	"fmt"
	"path"
	"regexp"
	"slices"

	fluxkustomize "github.com/fluxcd/pkg/kustomize"
	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	kustypes "sigs.k8s.io/kustomize/api/types"

	"fluxwright.dev/flux-render-wasm/tree"
)

// runKustomize runs kustomize with Flux's settings: it may load from the whole
// source and runs no plugins.
//
// Flux's own function parses Kubernetes' OpenAPI schema anew for each build, so
// that none sees the schema another has set. That takes longer than most builds:
// it is left to the builds that name a schema, which end with a reset of their own.
func runKustomize(files *tree.Tree, folder string) (built resmap.ResMap, err error) {
	if setsSchema(files) {
		return fluxkustomize.Build(files, folder)
	}
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("recovered from kustomize build panic: %v", reason)
		}
	}()
	return krusty.MakeKustomizer(&krusty.Options{
		LoadRestrictions: kustypes.LoadRestrictionsNone,
		PluginConfig:     kustypes.DisabledPluginConfig(),
	}).Run(files, folder)
}

// schemaField finds the field `openapi`, in any case as JSON's reader takes it, and also keys that may be escaped.
var schemaField = regexp.MustCompile(`(?i)openapi|\\[xu]`)

func setsSchema(files *tree.Tree) bool {
	return files.Any(func(name string, data []byte) bool {
		return slices.Contains(konfig.RecognizedKustomizationFileNames(), path.Base(name)) && schemaField.Match(data)
	})
}
