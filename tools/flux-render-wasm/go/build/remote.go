package build

import (
	"path"
	"strings"

	fluxkustomize "github.com/fluxcd/pkg/kustomize"
	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/yaml"

	"fluxwright.dev/flux-render-wasm/fault"
	"fluxwright.dev/flux-render-wasm/tree"
)

// references are the fields of a kustomization file that may name something outside the source.
type references struct {
	Resources      []string `json:"resources"`
	Bases          []string `json:"bases"`
	Components     []string `json:"components"`
	CRDs           []string `json:"crds"`
	Configurations []string `json:"configurations"`
	Generators     []string `json:"generators"`
	Transformers   []string `json:"transformers"`
	Validators     []string `json:"validators"`
}

// refuseRemote follows the kustomization files from a folder and gives a fault
// for the first reference to another host. kustomize would try to fetch it.
func refuseRemote(files *tree.Tree, folder string, seen map[string]bool) error {
	if seen[folder] {
		return nil
	}
	seen[folder] = true
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		file := path.Join(folder, name)
		content, err := files.ReadFile(file)
		if err != nil {
			continue
		}
		var named references
		if yaml.Unmarshal(content, &named) != nil {
			return nil
		}
		entries := [][]string{named.Resources, named.Bases, named.Components, named.CRDs, named.Configurations, named.Generators, named.Transformers, named.Validators}
		for _, list := range entries {
			for _, entry := range list {
				target := path.Join(folder, entry)
				if files.IsDir(target) {
					if err := refuseRemote(files, target, seen); err != nil {
						return err
					}
				} else if !files.Exists(target) && isRemote(entry) {
					return &fault.Fault{Kind: fault.RemoteBase, File: inSource(file),
						Message: "\"" + entry + "\" is on another host; a build reads nothing but its source. Copy it into the repository, or make it a source of its own"}
				}
			}
		}
		return nil
	}
	return nil
}

// isRemote knows inline YAML, which generators and transformers may hold, by its line breaks.
func isRemote(entry string) bool {
	if strings.Contains(entry, "\n") || path.IsAbs(entry) {
		return false
	}
	return !fluxkustomize.IsLocalRelativePath(entry) || strings.Contains(entry, "://") || strings.Contains(entry, ".git/") ||
		strings.HasSuffix(entry, ".git") || strings.Contains(entry, "?ref=")
}

// inSource makes an absolute path in the tree relative to the source.
func inSource(absolute string) string {
	return strings.TrimPrefix(strings.TrimPrefix(absolute, tree.Root), "/")
}
