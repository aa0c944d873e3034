package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"fluxwright.dev/wasm-host/guest"
	"github.com/hashicorp/go-retryablehttp"
)

// schemaRoot makes kubeconform ask its HTTP loader for every schema; the stand-in for that loader asks the library below.
const schemaRoot = "http://schemas/"

var (
	errPending = errors.New("the schema was not supplied yet")
	errNoJSON  = errors.New("it is not JSON")
)

// library holds the schema documents of one source until they are compiled.
type library struct {
	documents map[string][]byte
	absent    map[string]bool
	pending   map[string]bool
	// misses counts the questions that had no answer yet.
	misses int
}

var (
	libraries = map[string]*library{}
	current   *library
)

func init() {
	retryablehttp.Source = func(address string) ([]byte, bool, error) {
		return current.find(strings.TrimPrefix(address, schemaRoot))
	}
}

func libraryOf(source string) *library {
	known, ok := libraries[source]
	if !ok {
		known = &library{documents: map[string][]byte{}, absent: map[string]bool{}, pending: map[string]bool{}}
		libraries[source] = known
	}
	return known
}

func (l *library) find(path string) ([]byte, bool, error) {
	// kubeconform tries the next location for an answer that is no JSON, but not for a file that is none; nor for a path
	// that is no URL (pkg/loader, FileLoader). This is a file.
	if _, err := url.Parse("/" + path); err != nil {
		return nil, false, err
	}
	if document, ok := l.documents[path]; ok {
		if !json.Valid(document) {
			return nil, false, errNoJSON
		}
		return document, true, nil
	}
	if l.absent[path] {
		return nil, false, nil
	}
	l.pending[path] = true
	l.misses++
	return nil, false, errPending
}

// takePending gives the paths that were asked for in vain since the last call, sorted.
func (l *library) takePending() []string {
	paths := slices.Sorted(maps.Keys(l.pending))
	clear(l.pending)
	return paths
}

type supplyInput struct {
	Source string   `json:"source"`
	Paths  []string `json:"paths"`
	Absent []string `json:"absent"`
}

// supply stores the schema documents in the request's parts under their paths, and remembers which paths have none.
func supply(request guest.Request) (guest.Reply, error) {
	var input supplyInput
	if err := request.Decode(&input); err != nil {
		return guest.Reply{}, err
	}
	if len(input.Paths) != len(request.Parts) {
		return guest.Reply{}, guest.InputError(fmt.Sprintf("%d paths for %d documents", len(input.Paths), len(request.Parts)), nil)
	}
	target := libraryOf(input.Source)
	for i, path := range input.Paths {
		target.documents[path] = slices.Clone(request.Parts[i])
	}
	for _, path := range input.Absent {
		target.absent[path] = true
	}
	return guest.Reply{}, nil
}

// release forgets a source: its documents and what was compiled from them.
func release(request guest.Request) (guest.Reply, error) {
	var input supplyInput
	if err := request.Decode(&input); err != nil {
		return guest.Reply{}, err
	}
	delete(libraries, input.Source)
	maps.DeleteFunc(checkers, func(_ string, c *checker) bool { return c.options.Source == input.Source })
	return guest.Reply{}, nil
}
