// Package chartload reads a Helm chart from memory: from its files, or from
// the bytes of a packaged .tgz.
package chartload

import (
	"bytes"
	"errors"
	"strings"

	"helm.sh/helm/v4/pkg/chart/loader/archive"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"

	"fluxwright.dev/flux-render-wasm/fault"
)

// Files loads an unpacked chart.
func Files(files []File) (*chart.Chart, error) {
	var total int64
	for _, file := range files {
		total += int64(len(file.Data))
	}
	if total > archive.MaxDecompressedChartSize {
		return nil, fault.New(fault.Size, "the chart's files are larger than %d bytes", archive.MaxDecompressedChartSize)
	}
	buffered, err := bufferFiles(files)
	if err != nil {
		return nil, err
	}
	loaded, err := loader.LoadFiles(buffered)
	return installable(loaded, err)
}

// Archive loads a packaged chart. Helm's reader refuses paths that leave the
// chart and archives that unpack to more than 100 MiB.
func Archive(packed []byte) (*chart.Chart, error) {
	loaded, err := loader.LoadArchive(bytes.NewReader(packed))
	return installable(loaded, err)
}

// installable refuses what `helm install` refuses before it renders: charts of another kind, library charts and missing dependencies.
func installable(loaded *chart.Chart, err error) (*chart.Chart, error) {
	if err != nil {
		return nil, loadFault(err)
	}
	switch loaded.Metadata.APIVersion {
	case chart.APIVersionV1, chart.APIVersionV2:
	case "v3":
		return nil, fault.New(fault.Chart, "invalid chart apiVersion")
	default:
		return nil, fault.New(fault.Chart, "unsupported chart version")
	}
	if kind := loaded.Metadata.Type; kind != "" && kind != "application" {
		return nil, fault.New(fault.Chart, "%s charts are not installable", kind)
	}
	present := map[string]bool{}
	for _, dependency := range loaded.Dependencies() {
		present[dependency.Name()] = true
	}
	var missing []string
	for _, dependency := range loaded.Metadata.Dependencies {
		if !present[dependency.Name] {
			missing = append(missing, dependency.Name)
		}
	}
	if len(missing) > 0 {
		return nil, fault.New(fault.Dependency, "found in Chart.yaml, but missing in charts/ directory: %s", strings.Join(missing, ", "))
	}
	return loaded, nil
}

func loadFault(err error) error {
	var known *fault.Fault
	if errors.As(err, &known) {
		return known
	}
	if strings.Contains(err.Error(), "larger than the maximum size") {
		return fault.New(fault.Size, "%v", err)
	}
	return fault.New(fault.Chart, "%v", err)
}
