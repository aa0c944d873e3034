package build

import (
	"fmt"
	"reflect"
	"unsafe"

	fluxkustomize "github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/kyaml/filesys"

	"fluxwright.dev/flux-render-wasm/tree"
)

// Generated is the kustomization file a build starts from.
type Generated struct {
	Path    string
	Content string
	// Created says that the folder had none and Flux's rule made it from the folder's manifests.
	Created bool
}

// generate runs kustomize-controller's generator over the tree and writes the file it gives.
func generate(files *tree.Tree, folder string, fluxKustomization unstructured.Unstructured) (Generated, error) {
	generator := fluxkustomize.NewGenerator(tree.Root, fluxKustomization)
	if err := useFileSystem(generator, files); err != nil {
		return Generated{}, err
	}
	manifest, file, action, err := generator.GenerateManifest(folder)
	if err != nil {
		return Generated{}, err
	}
	return Generated{Path: file, Content: string(manifest), Created: action == fluxkustomize.CreatedAction}, files.WriteFile(file, manifest)
}

// useFileSystem sets the generator's unexported file system, which otherwise
// is the disk: the package has no option for it, and its rule must not be written twice.
func useFileSystem(generator *fluxkustomize.Generator, files filesys.FileSystem) error {
	field := reflect.ValueOf(generator).Elem().FieldByName("fs")
	if !field.IsValid() || field.Type() != reflect.TypeFor[filesys.FileSystem]() {
		return fmt.Errorf("github.com/fluxcd/pkg/kustomize has another Generator than expected")
	}
	*(*filesys.FileSystem)(unsafe.Pointer(field.UnsafeAddr())) = files
	return nil
}
