package main

import (
	"errors"

	chart "helm.sh/helm/v4/pkg/chart/v2"

	"fluxwright.dev/flux-render-wasm/build"
	"fluxwright.dev/flux-render-wasm/chartload"
	"fluxwright.dev/flux-render-wasm/fault"
	"fluxwright.dev/flux-render-wasm/substitution"
	"fluxwright.dev/flux-render-wasm/templating"
	"fluxwright.dev/flux-render-wasm/tree"
	"fluxwright.dev/wasm-host/guest"
)

type templateInput struct {
	templating.Options
	// Files are the paths of an unpacked chart, one part each; nil says that the only part is a .tgz.
	Files  []string       `json:"files"`
	Values map[string]any `json:"values"`
}

func answerTemplate(request guest.Request) (guest.Reply, error) {
	var input templateInput
	if err := request.Decode(&input); err != nil {
		return guest.Reply{}, err
	}
	loaded, err := loadChart(input.Files, request.Parts)
	if err != nil {
		return guest.Reply{}, asGuestError(err)
	}
	result, err := templating.Template(loaded, input.Values, input.Options)
	if err != nil {
		return guest.Reply{}, asGuestError(err)
	}
	return templateReply(result), nil
}

func loadChart(files []string, parts [][]byte) (*chart.Chart, error) {
	if files == nil && len(parts) == 1 {
		return chartload.Archive(parts[0])
	}
	if len(files) != len(parts) {
		return nil, fault.New(fault.Request, "%d paths for %d files", len(files), len(parts))
	}
	chartFiles := make([]chartload.File, len(files))
	for i, name := range files {
		chartFiles[i] = chartload.File{Path: name, Data: parts[i]}
	}
	return chartload.Files(chartFiles)
}

type buildInput struct {
	Files             []string              `json:"files"`
	Path              string                `json:"path"`
	FluxKustomization map[string]any        `json:"fluxKustomization"`
	Sources           []substitution.Source `json:"sources"`
	Strict            bool                  `json:"strict"`
	MaxOutputBytes    int                   `json:"maxOutputBytes"`
}

func answerBuild(request guest.Request) (guest.Reply, error) {
	var input buildInput
	if err := request.Decode(&input); err != nil {
		return guest.Reply{}, err
	}
	if len(input.Files) != len(request.Parts) {
		return guest.Reply{}, asGuestError(fault.New(fault.Request, "%d paths for %d files", len(input.Files), len(request.Parts)))
	}
	files := tree.New()
	for i, name := range input.Files {
		if err := files.Add(name, request.Parts[i]); err != nil {
			return guest.Reply{}, asGuestError(fault.New(fault.Request, "%v", err))
		}
	}
	result, err := build.Build(files, build.Options{
		Path:              input.Path,
		FluxKustomization: input.FluxKustomization,
		Sources:           input.Sources,
		Strict:            input.Strict,
		MaxOutputBytes:    input.MaxOutputBytes,
	})
	if err != nil {
		return guest.Reply{}, asGuestError(err)
	}
	return buildReply(result), nil
}

type substituteInput struct {
	Variables map[string]string `json:"variables"`
	Strict    bool              `json:"strict"`
	Always    bool              `json:"always"`
}

func answerSubstitute(request guest.Request) (guest.Reply, error) {
	var input substituteInput
	if err := request.Decode(&input); err != nil {
		return guest.Reply{}, err
	}
	if len(request.Parts) != 1 {
		return guest.Reply{}, asGuestError(fault.New(fault.Request, "one YAML stream is needed, not %d", len(request.Parts)))
	}
	objects, err := substitution.Text(request.Parts[0], input.Variables, input.Strict, input.Always)
	if err != nil {
		return guest.Reply{}, asGuestError(err)
	}
	return substituteReply(objects), nil
}

func asGuestError(err error) error {
	var known *fault.Fault
	if !errors.As(err, &known) {
		known = fault.New(fault.Request, "%v", err)
	}
	return guest.InputError(known.Error(), known)
}
