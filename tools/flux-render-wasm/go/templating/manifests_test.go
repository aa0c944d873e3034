package templating

import (
	"reflect"
	"regexp"
	"testing"

	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"sigs.k8s.io/yaml"
)

var texts = []string{
	"", "---", "---\n", "--- \t\n", "----", "------", "--- ---", "a: b", "a: b\n---\nc: d\n", "---a: b\n---  c: d", "a\n--- # x\nb\n---",
	"a: |\n  ---\n  b\n", " ---\na", "a\r\n---\r\nb", "a\n\n\n---\n\n---\nb", "---\n---\n---", "a---\n-- -\n--\n---\xff\n", "\n---\t a\n",
}

func FuzzSplitDocuments(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	helm := regexp.MustCompile(`(?m)^---[ \t]*`)
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := splitDocuments(text), helm.Split(text, -1); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

func FuzzReadHead(f *testing.F) {
	for _, text := range append(texts,
		"apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {b: c}}\n", "apiVersion: 1\nkind: true\n", "metadata: {name: 5}\n",
		"metadata: {annotations: {a: 1, b: yes, c: 1.50, d: null, 1: x}}\n", "metadata: [a]\n", "metadata: null\n", "null", "kind: ~\n",
		"KIND: Pod\nkind: Job\n", "kind: {a: b}\n", "a: [\n", "kind: 1e3\n", "kind: 12345678901234567890\n", "kind: .nan\n", "a: b\na: c\n",
	) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var want releaseutil.SimpleHead
		wantErr := yaml.Unmarshal([]byte(text), &want)
		var got releaseutil.SimpleHead
		err := readHead([]byte(text), &got)
		if (err == nil) != (wantErr == nil) || err == nil && !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, %v, want %+v, %v", got, err, want, wantErr)
		}
	})
}
