package tree

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"time"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

var errReadOnly = errors.New("a build does not write to its source")

// Open gives a file for reading.
func (t *Tree) Open(name string) (filesys.File, error) {
	data, err := t.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &file{Reader: bytes.NewReader(data), info: t.stat(name)}, nil
}

// Create is refused.
func (t *Tree) Create(string) (filesys.File, error) { return nil, errReadOnly }

// Mkdir is refused.
func (t *Tree) Mkdir(string) error { return errReadOnly }

// RemoveAll is refused.
func (t *Tree) RemoveAll(string) error { return errReadOnly }

type file struct {
	*bytes.Reader
	info fs.FileInfo
}

func (f *file) Close() error               { return nil }
func (f *file) Write([]byte) (int, error)  { return 0, errReadOnly }
func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }

func (t *Tree) stat(name string) fs.FileInfo {
	name = path.Clean(name)
	return info{name: path.Base(name), size: int64(len(t.files[name])), folder: t.IsDir(name)}
}

type info struct {
	name   string
	size   int64
	folder bool
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.folder }
func (i info) Sys() any           { return nil }
func (i info) Mode() fs.FileMode {
	if i.folder {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
