package chartload

import (
	"slices"
	"testing"
)

const chartFile = "apiVersion: v2\nname: c\nversion: 1.0.0\n"

func TestHelmignoreHidesFilesAndWholeFolders(t *testing.T) {
	loaded, err := Files([]File{
		{Path: "Chart.yaml", Data: []byte(chartFile)},
		{Path: ".helmignore", Data: []byte("\ufeff# comment\nsecret/\n*.bak\n")},
		{Path: "secret/deep/key", Data: nil},
		{Path: "a.bak", Data: nil},
		{Path: "b/kept.txt", Data: nil},
		{Path: "templates/.hidden.yaml", Data: nil},
		{Path: "templates/shown.yaml", Data: nil},
	})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range append(loaded.Files, loaded.Templates...) {
		names = append(names, file.Name)
	}
	if want := []string{".helmignore", "b/kept.txt", "templates/shown.yaml"}; !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

func TestTheOrderOfFilesDoesNotMatter(t *testing.T) {
	files := []File{
		{Path: "Chart.yaml", Data: []byte(chartFile)},
		{Path: "crds/b.yaml", Data: []byte("kind: B")},
		{Path: "crds/a/z.yaml", Data: []byte("kind: Z")},
		{Path: "crds/a.yaml", Data: []byte("kind: A")},
	}
	order := func() (names []string) {
		loaded, err := Files(files)
		if err != nil {
			t.Fatal(err)
		}
		for _, crd := range loaded.CRDObjects() {
			names = append(names, crd.Filename)
		}
		return names
	}
	first := order()
	slices.Reverse(files)
	if second := order(); !slices.Equal(first, second) {
		t.Errorf("%q, then %q", first, second)
	}
	if want := []string{"c/crds/a/z.yaml", "c/crds/a.yaml", "c/crds/b.yaml"}; !slices.Equal(first, want) {
		t.Errorf("got %q, want %q", first, want)
	}
}

func TestSubchartsComeInTheOrderOfTheirNames(t *testing.T) {
	files := []File{{Path: "Chart.yaml", Data: []byte(chartFile)}}
	for _, name := range []string{"z", "b", "w", "a", "x", "c"} {
		files = append(files,
			File{Path: "charts/" + name + "/Chart.yaml", Data: []byte("apiVersion: v2\nversion: 1.0.0\nname: " + name + "\n")},
			File{Path: "charts/" + name + "/crds/crd.yaml", Data: []byte("kind: A")})
	}
	loaded, err := Files(files)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, crd := range loaded.CRDObjects() {
		names = append(names, crd.Filename)
	}
	if !slices.IsSorted(names) || len(names) != 6 {
		t.Errorf("got %q", names)
	}
}
