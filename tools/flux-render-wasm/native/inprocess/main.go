// Command inprocess says how long Helm and Flux's packages take for what the WebAssembly engine does, without the start of a
// process: it prints the least and the median of several runs in milliseconds, as JSON.
//
//	inprocess chart <folder> <values as JSON> <release> <namespace> <Kubernetes version> <runs>
//	inprocess build <source> <FluxKustomizations as a JSON list> <runs>
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/fluxcd/pkg/kustomize"
	"helm.sh/helm/v4/pkg/action"
	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/loader/archive"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func main() {
	var work func() error
	var err error
	runs, _ := strconv.Atoi(os.Args[len(os.Args)-1])
	switch os.Args[1] {
	case "chart":
		work, err = chartWork(os.Args[2], os.Args[3], os.Args[4], os.Args[5], os.Args[6])
	case "build":
		work, err = buildWork(os.Args[2], os.Args[3])
	default:
		err = fmt.Errorf("unknown command %s", os.Args[1])
	}
	taken := make([]float64, runs)
	for i := range taken {
		if err != nil {
			break
		}
		begin := time.Now()
		err = work()
		taken[i] = float64(time.Since(begin).Microseconds()) / 1000
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	slices.Sort(taken)
	_ = json.NewEncoder(os.Stdout).Encode(map[string]float64{"least": taken[0], "median": taken[len(taken)/2]})
}

// chartWork loads the chart from memory and installs it in a client-only dry run, as helm template does.
func chartWork(folder, encoded, name, namespace, version string) (func() error, error) {
	files, err := readChart(folder)
	if err != nil {
		return nil, err
	}
	kubernetes, err := common.ParseKubeVersion(version)
	if err != nil {
		return nil, err
	}
	return func() error {
		var values map[string]any
		if err := json.Unmarshal([]byte(encoded), &values); err != nil {
			return err
		}
		loaded, err := loader.LoadFiles(files)
		if err != nil {
			return err
		}
		install := action.NewInstall(action.NewConfiguration())
		install.DryRunStrategy = action.DryRunClient
		install.ReleaseName, install.Namespace, install.KubeVersion = name, namespace, kubernetes
		install.IncludeCRDs, install.Replace = true, true
		_, err = install.RunWithContext(context.Background(), loaded, values)
		return err
	}, nil
}

func readChart(folder string) ([]*archive.BufferedFile, error) {
	var files []*archive.BufferedFile
	return files, filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		files = append(files, &archive.BufferedFile{Name: filepath.ToSlash(name), Data: bytes.TrimPrefix(data, []byte("\ufeff"))})
		return err
	})
}

// buildWork builds the path of each FluxKustomization, as kustomize-controller does.
func buildWork(source, encoded string) (func() error, error) {
	var objects []map[string]any
	if err := json.Unmarshal([]byte(encoded), &objects); err != nil {
		return nil, err
	}
	return func() error {
		for _, object := range objects {
			path, _, _ := unstructured.NestedString(object, "spec", "path")
			folder := filepath.Join(source, path)
			if _, err := kustomize.NewGenerator(source, unstructured.Unstructured{Object: object}).WriteFile(folder); err != nil {
				return err
			}
			built, err := kustomize.SecureBuild(source, folder, false)
			if err != nil {
				return err
			}
			if _, err := built.AsYaml(); err != nil {
				return err
			}
		}
		return nil
	}, nil
}
