package chartload

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"helm.sh/helm/v4/pkg/chart/loader/archive"
	"helm.sh/helm/v4/pkg/ignore"

	"fluxwright.dev/flux-render-wasm/fault"
)

var byteOrderMark = []byte{0xEF, 0xBB, 0xBF}

// File is one file of an unpacked chart; Path is relative to the chart's folder, with slashes.
type File struct {
	Path string
	Data []byte
}

// bufferFiles does for files in memory what Helm's directory loader does for
// files on disk: .helmignore, byte order marks, and the order of a walk.
func bufferFiles(files []File) ([]*archive.BufferedFile, error) {
	files = slices.Clone(files)
	slices.SortFunc(files, func(a, b File) int {
		return slices.Compare(strings.Split(a.Path, "/"), strings.Split(b.Path, "/"))
	})
	rules, err := helmIgnore(files)
	if err != nil {
		return nil, fault.New(fault.Chart, "%s: %v", ignore.HelmIgnore, err)
	}
	var buffered []*archive.BufferedFile
	for i, file := range files {
		if !fs.ValidPath(file.Path) || strings.Contains(file.Path, "\\") {
			return nil, fault.New(fault.Chart, "%q is not a path inside a chart", file.Path)
		}
		if i > 0 && files[i-1].Path == file.Path {
			return nil, fault.New(fault.Chart, "%q is given twice", file.Path)
		}
		if ignored(rules, file.Path) {
			continue
		}
		buffered = append(buffered, &archive.BufferedFile{Name: file.Path, Data: bytes.TrimPrefix(file.Data, byteOrderMark)})
	}
	return buffered, nil
}

func helmIgnore(files []File) (*ignore.Rules, error) {
	rules := ignore.Empty()
	for _, file := range files {
		if file.Path != ignore.HelmIgnore {
			continue
		}
		parsed, err := ignore.Parse(bytes.NewReader(file.Data))
		if err != nil {
			return nil, err
		}
		rules = parsed
	}
	rules.AddDefaults()
	return rules, nil
}

// ignored looks at each folder above the file first: a walk does not enter an ignored folder.
func ignored(rules *ignore.Rules, name string) bool {
	for i := range name {
		if name[i] == '/' && rules.Ignore(name[:i], entry{name: name[:i], folder: true}) {
			return true
		}
	}
	return rules.Ignore(name, entry{name: name})
}

// entry is as much of a file's information as ignore rules ask for.
type entry struct {
	name   string
	folder bool
}

func (e entry) Name() string       { return path.Base(e.name) }
func (e entry) Size() int64        { return 0 }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.folder }
func (e entry) Sys() any           { return nil }
func (e entry) Mode() fs.FileMode {
	if e.folder {
		return fs.ModeDir
	}
	return 0
}
