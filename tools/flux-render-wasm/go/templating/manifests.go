package templating

import (
	"encoding/json"
	"strings"

	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"sigs.k8s.io/yaml"
)

func init() {
	releaseutil.SplitDocuments = splitDocuments
	releaseutil.UnmarshalHead = readHead
}

// splitDocuments does what Helm does with the regular expression (?m)^---[ \t]* (pkg/release/v1/util, manifest.go).
func splitDocuments(text string) []string {
	var documents []string
	begin := 0
	for at := 0; ; {
		if strings.HasPrefix(text[at:], "---") {
			documents = append(documents, text[begin:at])
			begin = at + len("---")
			begin += len(text[begin:]) - len(strings.TrimLeft(text[begin:], " \t"))
			at = begin
		}
		line := strings.IndexByte(text[at:], '\n')
		if line < 0 {
			return append(documents, text[begin:])
		}
		at += line + 1
	}
}

// encodings are the documents of the chart being rendered as JSON, by their text. A guest renders one at a time.
var encodings = map[string][]byte{}

// readHead reads a document for Helm and keeps it as JSON. Helm turns numbers into text where a head has text: such heads,
// and what cannot be read, are left to the library that Helm uses.
func readHead(document []byte, head *releaseutil.SimpleHead) error {
	encoded, err := yaml.YAMLToJSON(document)
	if err == nil && json.Unmarshal(encoded, head) == nil {
		encodings[string(document)] = encoded
		return nil
	}
	*head = releaseutil.SimpleHead{}
	return yaml.Unmarshal(document, head)
}
