package main

import (
	"reflect"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

var documents = []string{
	"", "null", "{}", "a", "[a]", "a: b\n", "{\"a\": {\"b\": [1, 2.5, \"x\", true, null]}}",
	"a: 1\nb: -0\nc: -0.0\nd: 1e3\ne: 0x1f\nf: 0o17\ng: 017\nh: 1_000\ni: 1:30\nj: 9007199254740993\n",
	"a: 9223372036854775807\nb: 9223372036854775808\nc: 18446744073709551616\nd: 1e400\n",
	"a: .nan\n", "a: .inf\n", "a: [-.inf]\n",
	"a: yes\nb: No\nc: on\nd: y\ne: ~\nf:\ng: 2001-01-01\nh: 2001-12-14t21:59:43.10-05:00\n",
	"yes: a\n", "1: a\n", "1.5: a\n", "~: a\n", "[a]: b\n", "{a: b}: c\n", "? a\n: b\n", "1: a\n\"1\": b\n",
	"a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "a: [{b: 1, b: 2}]\n", "\"a\": 1\na: 2\n",
	"a: &x {b: 1}\nc: *x\n", "a: &x {b: 1}\nc: {<<: *x, d: 2}\n", "a: &x {b: 1}\nc: {!!merge \"\\x3c\\x3c\": *x}\n", "a: &x [1]\nb: [*x, *x]\n", "a: *x\n",
	"a: !!binary gIGC\n", "a: !!str 1\n", "a: !!float 1\n", "!!map {a: 1}\n", "a: !own b\n", "a: hi!\n",
	"a: \"\\u00e9\\ud83d\\ude00\"\n", "a: é 😀 \u2028\n", "a: \"\\x80\"\n", "a: \xff\n", "a: |\n  x\n  y\nb: >-\n  x\n  y\n", "a: <b>&\n",
	"a: b\r\nc: |\r\n  x\r\n", "\ufeffa: b\n", "%YAML 1.1\n---\na: b\n", "a: b\n...\n", "a: b\n---\nc: d\n", "\ta: b\n", "a: {b: {}}\nc: []\n", "a: {b: \n",
	"[]", "[{key: kind, value: Pod}]", "- key: kind\n  value: Pod\n", "&x [{key: a, value: b}]\n", "--- [{key: a, value: b}]\n",
	"# a\n\n---\n  # b\n a: b\n", "# \u2028- \n  key: kind\n", "#\r- \n  key: kind\n", "---\n- key: a\n", "\r[{key: a}]",
	"a: " + strings.Repeat("[", 500) + strings.Repeat("]", 500), strings.Repeat("{a: ", 1200) + strings.Repeat("}", 1200),
}

// FuzzReadYAML holds readYAML against the library that it stands in for.
func FuzzReadYAML(f *testing.F) {
	for _, document := range documents {
		f.Add(document, true)
		f.Add(document, false)
	}
	f.Fuzz(func(t *testing.T, document string, strict bool) {
		unmarshal := yaml.Unmarshal
		if strict {
			unmarshal = yaml.UnmarshalStrict
		}
		// The library goes through a map in any order: of two errors, or of 1 and "1", either may be what it says.
		got, err := readYAML([]byte(document), strict)
		var want map[string]any
		var wantErr error
		for range 20 {
			want = nil
			wantErr = unmarshal([]byte(document), &want)
			if (err == nil) != (wantErr == nil) {
				break
			}
			if err != nil || reflect.DeepEqual(got, want) {
				return
			}
		}
		t.Fatalf("got %#v, %v, want %#v, %v", got, err, want, wantErr)
	})
}
