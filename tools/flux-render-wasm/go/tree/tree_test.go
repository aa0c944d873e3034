package tree

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

var files = map[string]string{
	"a.yaml":              "1",
	"a/b.yaml":            "2",
	"a/c/d e.yaml":        "3",
	"a/c/ünï+@.yaml":      "4",
	"a-b/x..y.yaml":       "5",
	"skip/inner/deep.txt": "6",
}

// pair gives the tree and the same files on disk.
func pair(t *testing.T) (*Tree, filesys.FileSystem, string) {
	t.Helper()
	mounted, folder := New(), t.TempDir()
	folder, err := filepath.EvalSymlinks(folder)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := mounted.Add(name, []byte(content)); err != nil {
			t.Fatal(err)
		}
		onDisk := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(onDisk), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(onDisk, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return mounted, filesys.MakeFsOnDisk(), folder
}

func walk(t *testing.T, files filesys.FileSystem, root, from string) []string {
	t.Helper()
	var seen []string
	err := files.Walk(path.Join(root, from), func(name string, info fs.FileInfo, err error) error {
		if err != nil {
			return err
		}
		seen = append(seen, strings.TrimPrefix(name, root)+map[bool]string{true: "/", false: ""}[info.IsDir()])
		if info.Name() == "skip" {
			return filepath.SkipDir
		}
		return nil
	})
	if err != nil {
		seen = append(seen, "error")
	}
	return seen
}

func TestWalksAsADiskDoes(t *testing.T) {
	mounted, disk, folder := pair(t)
	for _, from := range []string{".", "a", "a.yaml", "skip", "none"} {
		got, want := walk(t, mounted, Root, from), walk(t, disk, folder, from)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("walk from %q\n got %v\nwant %v", from, got, want)
		}
	}
}

func TestAnswersAsADiskDoes(t *testing.T) {
	mounted, disk, folder := pair(t)
	for _, name := range []string{".", "a", "a/", "a.yaml", "a.yaml/x", "a/c/d e.yaml", "a/../a/b.yaml", "none", "a/none"} {
		ours, theirs := Root+"/"+name, folder+"/"+name
		if mounted.Exists(ours) != disk.Exists(theirs) || mounted.IsDir(ours) != disk.IsDir(theirs) {
			t.Errorf("%q exists or is a folder in one only", name)
		}
		got, gotErr := mounted.ReadFile(ours)
		want, wantErr := disk.ReadFile(theirs)
		if string(got) != string(want) || (gotErr == nil) != (wantErr == nil) {
			t.Errorf("reading %q: %q, %v; a disk gives %q, %v", name, got, gotErr, want, wantErr)
		}
		gotDir, gotFile, gotErr := mounted.CleanedAbs(ours)
		wantDir, wantFile, wantErr := disk.CleanedAbs(theirs)
		if strings.TrimPrefix(string(gotDir), Root) != strings.TrimPrefix(string(wantDir), folder) || gotFile != wantFile || (gotErr == nil) != (wantErr == nil) {
			t.Errorf("cleaning %q: %q %q %v; a disk gives %q %q %v", name, gotDir, gotFile, gotErr, wantDir, wantFile, wantErr)
		}
	}
}

func TestRefusesPathsThatAreNotPlain(t *testing.T) {
	for _, name := range []string{"", ".", "/a", "a/", "../a", "a/../b", "a//b", "./a"} {
		if New().Add(name, nil) == nil {
			t.Errorf("%q was taken", name)
		}
	}
	mounted := New()
	for _, name := range []string{"a", "b/c"} {
		if err := mounted.Add(name, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a", "a/x", "b"} {
		if mounted.Add(name, nil) == nil {
			t.Errorf("%q was taken beside a and b/c", name)
		}
	}
}
