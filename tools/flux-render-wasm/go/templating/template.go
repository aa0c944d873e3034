// Package templating renders a Helm chart the way `helm install` in its
// client-only dry run does, with the cluster's properties given instead of asked for.
package templating

import (
	"context"
	"path"
	"slices"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"

	"fluxwright.dev/flux-render-wasm/fault"
)

// Options are what a release knows besides its chart and values.
type Options struct {
	Release              Release  `json:"release"`
	KubernetesVersion    string   `json:"kubernetesVersion"`
	APIVersions          []string `json:"apiVersions"`
	SkipSchemaValidation bool     `json:"skipSchemaValidation"`
	SubchartNotes        bool     `json:"subchartNotes"`
	IncludeCRDs          *bool    `json:"includeCrds"`
	MaxOutputBytes       int      `json:"maxOutputBytes"`
}

// Release is what templates see as .Release.
type Release struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
	Revision  int    `json:"revision"`
	IsUpgrade bool   `json:"isUpgrade"`
}

// Template renders the chart. The chart is changed on the way and must not be used again.
func Template(loaded *chart.Chart, values map[string]any, options Options) (*Result, error) {
	if err := chartutil.ValidateReleaseName(options.Release.Name); err != nil {
		return nil, fault.New(fault.ReleaseName, "%v", err)
	}
	capabilities, err := capabilitiesFor(loaded, options)
	if err != nil {
		return nil, err
	}
	if err := chartutil.ProcessDependencies(loaded, values); err != nil {
		return nil, fault.New(fault.Dependency, "chart dependencies processing failed: %v", err)
	}
	boundSchemas()
	renderValues, err := util.ToRenderValuesWithSchemaValidation(loaded, values, common.ReleaseOptions{
		Name:      options.Release.Name,
		Namespace: options.Release.Namespace,
		Revision:  max(options.Release.Revision, 1),
		IsInstall: !options.Release.IsUpgrade,
		IsUpgrade: options.Release.IsUpgrade,
	}, capabilities, options.SkipSchemaValidation)
	if err != nil {
		return nil, valuesFault(err)
	}
	if err := compatible(loaded, capabilities); err != nil {
		return nil, err
	}
	calls := newCalls()
	rendered, err := engine.Engine{CustomTemplateFuncs: calls.functions()}.RenderWithContext(context.Background(), loaded, renderValues)
	if err != nil {
		return nil, locate(err)
	}
	if err := withinSize(rendered, options.MaxOutputBytes); err != nil {
		return nil, err
	}
	defer clear(encodings)
	notes := takeNotes(loaded, rendered, options.SubchartNotes)
	hooks, manifests, err := releaseutil.SortManifests(rendered, nil, releaseutil.InstallOrder)
	if err != nil {
		return nil, yamlFault(rendered, err)
	}
	result, err := newResult(manifests, hooks, notes, calls)
	if err != nil {
		return nil, err
	}
	return result, result.addChart(loaded, options.IncludeCRDs)
}

func capabilitiesFor(loaded *chart.Chart, options Options) (*common.Capabilities, error) {
	version, err := common.ParseKubeVersion(options.KubernetesVersion)
	if err != nil {
		return nil, fault.New(fault.Request, "invalid Kubernetes version %q: %v", options.KubernetesVersion, err)
	}
	return &common.Capabilities{
		KubeVersion: *version,
		APIVersions: common.VersionSet(options.APIVersions),
		HelmVersion: common.DefaultCapabilities.HelmVersion,
	}, nil
}

func compatible(loaded *chart.Chart, capabilities *common.Capabilities) error {
	wanted := loaded.Metadata.KubeVersion
	if wanted == "" || chartutil.IsCompatibleRange(wanted, capabilities.KubeVersion.String()) {
		return nil
	}
	return fault.New(fault.KubeVersion, "chart requires kubeVersion: %s which is incompatible with Kubernetes %s",
		wanted, capabilities.KubeVersion.Version)
}

// schemaBytes is how much text of values.schema.json is kept, compiled, for the next release of the same chart.
const schemaBytes = 4 << 20

func boundSchemas() {
	total := 0
	for text := range util.CompiledSchemas {
		total += len(text)
	}
	if total > schemaBytes {
		clear(util.CompiledSchemas)
	}
}

func withinSize(rendered map[string]string, limit int) error {
	total := 0
	for _, text := range rendered {
		total += len(text)
	}
	if limit > 0 && total > limit {
		return fault.New(fault.Size, "the chart renders to %d bytes, more than the %d allowed", total, limit)
	}
	return nil
}

const notesFile = "NOTES.txt"

// takeNotes removes every NOTES.txt from rendered, as they are no manifests, and
// gives the chart's own, or with subcharts those of all charts in the order of their paths.
func takeNotes(loaded *chart.Chart, rendered map[string]string, subcharts bool) string {
	own := path.Join(loaded.Name(), "templates", notesFile)
	var paths []string
	for file := range rendered {
		if strings.HasSuffix(file, notesFile) {
			paths = append(paths, file)
		}
	}
	slices.Sort(paths)
	var notes []string
	for _, file := range paths {
		if subcharts || file == own {
			notes = append(notes, rendered[file])
		}
		delete(rendered, file)
	}
	return strings.Join(notes, "\n")
}
