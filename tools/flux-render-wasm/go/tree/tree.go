// Package tree is a file system in memory for kustomize. Unlike kyaml's own,
// it takes every file name that Git takes.
package tree

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// Root is the folder under which a source's files are mounted. Nothing is
// outside of it, so that a path which climbs out of the source finds nothing,
// as in Flux, where the source is all a build may read.
const Root = "/source"

// Tree holds files and the folders above them by absolute path.
type Tree struct {
	files   map[string][]byte
	folders map[string][]string
}

var _ filesys.FileSystem = (*Tree)(nil)

// New gives a tree with an empty Root.
func New() *Tree {
	return &Tree{files: map[string][]byte{}, folders: map[string][]string{"/": {path.Base(Root)}, Root: nil}}
}

// Add puts a file at a slash path relative to Root. It refuses paths that are
// not plain, files given twice, and names that are both file and folder.
func (t *Tree) Add(name string, data []byte) error {
	if !fs.ValidPath(name) || name == "." {
		return fmt.Errorf("%q is not a path inside a source", name)
	}
	absolute := path.Join(Root, name)
	if t.Exists(absolute) {
		return fmt.Errorf("%q is given twice", name)
	}
	if err := t.MkdirAll(path.Dir(absolute)); err != nil {
		return err
	}
	return t.WriteFile(absolute, data)
}

func missing(operation, name string) error {
	return &fs.PathError{Op: operation, Path: name, Err: fs.ErrNotExist}
}

// Exists says whether a file or folder is there.
func (t *Tree) Exists(name string) bool {
	_, isFile := t.files[path.Clean(name)]
	return isFile || t.IsDir(name)
}

// IsDir says whether a folder is there.
func (t *Tree) IsDir(name string) bool {
	_, isFolder := t.folders[path.Clean(name)]
	return isFolder
}

// ReadFile gives a file's bytes, which must not be changed.
func (t *Tree) ReadFile(name string) ([]byte, error) {
	data, found := t.files[path.Clean(name)]
	if !found {
		return nil, missing("open", name)
	}
	return data, nil
}

// Any says whether one of the files satisfies a condition.
func (t *Tree) Any(condition func(name string, data []byte) bool) bool {
	for name, data := range t.files {
		if condition(name, data) {
			return true
		}
	}
	return false
}

// WriteFile creates or replaces a file in a folder that exists.
func (t *Tree) WriteFile(name string, data []byte) error {
	name = path.Clean(name)
	folder := path.Dir(name)
	if !t.IsDir(folder) || t.IsDir(name) {
		return missing("write", name)
	}
	if _, replaced := t.files[name]; !replaced {
		t.folders[folder] = append(t.folders[folder], path.Base(name))
	}
	t.files[name] = data
	return nil
}

// MkdirAll creates a folder and those above it.
func (t *Tree) MkdirAll(name string) error {
	name = path.Clean(name)
	if t.IsDir(name) {
		return nil
	}
	if _, isFile := t.files[name]; isFile {
		return fmt.Errorf("%q is both a file and a folder", strings.TrimPrefix(name, Root+"/"))
	}
	above := path.Dir(name)
	if err := t.MkdirAll(above); err != nil {
		return err
	}
	t.folders[above] = append(t.folders[above], path.Base(name))
	t.folders[name] = nil
	return nil
}

// ReadDir lists the names in a folder in order.
func (t *Tree) ReadDir(name string) ([]string, error) {
	entries, found := t.folders[path.Clean(name)]
	if !found {
		return nil, missing("open", name)
	}
	return slices.Sorted(slices.Values(entries)), nil
}

// CleanedAbs splits an existing path into its folder and, for a file, its name.
func (t *Tree) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	name = path.Join("/", name)
	if t.IsDir(name) {
		return filesys.ConfirmedDir(name), "", nil
	}
	if !t.Exists(name) {
		return "", "", missing("lstat", name)
	}
	return filesys.ConfirmedDir(path.Dir(name)), path.Base(name), nil
}

// Glob lists the files that match a pattern.
func (t *Tree) Glob(pattern string) ([]string, error) {
	var matches []string
	for name := range t.files {
		matched, err := path.Match(pattern, name)
		if err != nil {
			return nil, err
		}
		if matched {
			matches = append(matches, name)
		}
	}
	slices.Sort(matches)
	return matches, nil
}

// Walk visits a folder as filepath.Walk does: each folder's names in order.
func (t *Tree) Walk(name string, visit filepath.WalkFunc) error {
	name = path.Clean(name)
	if !t.Exists(name) {
		return visit(name, nil, missing("lstat", name))
	}
	err := t.walk(name, visit)
	if err == filepath.SkipDir || err == filepath.SkipAll {
		return nil
	}
	return err
}

func (t *Tree) walk(name string, visit filepath.WalkFunc) error {
	if !t.IsDir(name) {
		return visit(name, t.stat(name), nil)
	}
	if err := visit(name, t.stat(name), nil); err != nil {
		return err
	}
	entries, _ := t.ReadDir(name)
	for _, entry := range entries {
		child := path.Join(name, entry)
		err := t.walk(child, visit)
		if err == filepath.SkipDir && t.IsDir(child) {
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}
