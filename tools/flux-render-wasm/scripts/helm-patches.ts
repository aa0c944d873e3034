import type { ModulePatch } from '@fluxwright/wasm-host/build';

/**
 * Helm cuts rendered text into documents with a regular expression, and reads each document once for its head, of which the
 * engine needs all. With this patch both are variables: the engine cuts faster and reads each document once
 * (go/templating/manifests.go).
 */
export const manifestHooks: ModulePatch = {
  module: 'helm.sh/helm/v4',
  edits: [
    {
      file: 'pkg/release/v1/util/manifest.go',
      from: 'docs := sep.Split(bigFileTmp, -1)\n',
      to: 'docs := SplitDocuments(bigFileTmp)\n',
    },
    {
      file: 'pkg/release/v1/util/manifest.go',
      from: '// SplitManifests takes a manifest string',
      to: 'var SplitDocuments = func(text string) []string { return sep.Split(text, -1) }\n\n// SplitManifests takes a manifest string',
    },
    {
      file: 'pkg/release/v1/util/manifest_sorter.go',
      from: 'if err := yaml.Unmarshal([]byte(m), &entry); err != nil {\n',
      to: 'if err := UnmarshalHead([]byte(m), &entry); err != nil {\n',
    },
    {
      file: 'pkg/release/v1/util/manifest_sorter.go',
      from: '// Manifest represents a manifest file,',
      to: 'var UnmarshalHead = func(text []byte, head *SimpleHead) error { return yaml.Unmarshal(text, head) }\n\n// Manifest represents a manifest file,',
    },
  ],
};

const cached = `	if known, ok := CompiledSchemas[string(schemaJSON)]; ok {
		if err := known.Validate(values.AsMap()); err != nil {
			return JSONSchemaValidationError{err}
		}
		return nil
	}

`;
const unmarshals = '\t// This unmarshal function leverages UseNumber() for number precision. The parser\n';
const validates = '\terr = validator.Validate(values.AsMap())\n';
const declares = 'type URNResolverFunc func(urn string) (any, error)\n';

/** Helm compiles a chart's values.schema.json for each release. With this patch it keeps what it compiled, by the schema's text. */
export const keptValuesSchemas: ModulePatch = {
  module: 'helm.sh/helm/v4',
  edits: [
    { from: unmarshals, to: `${cached}${unmarshals}` },
    { from: validates, to: `\tCompiledSchemas[string(schemaJSON)] = validator\n\n${validates}` },
    { from: declares, to: `${declares}\nvar CompiledSchemas = map[string]*jsonschema.Schema{}\n` },
  ].map((edit) => ({ file: 'pkg/chart/common/util/jsonschema.go', ...edit })),
};

/**
 * Helm loads the subcharts of a chart in any order, which is that of their CRDs. With this patch it is that of their names.
 */
export const subchartsInOrder: ModulePatch = {
  module: 'helm.sh/helm/v4',
  edits: [
    { from: '\t"path/filepath"\n', to: '\t"path/filepath"\n\t"slices"\n' },
    {
      from: '\tfor n, files := range subcharts {\n',
      to: '\tfor _, n := range slices.Sorted(maps.Keys(subcharts)) {\n\t\tfiles := subcharts[n]\n',
    },
  ].map((edit) => ({ file: 'pkg/chart/v2/loader/load.go', ...edit })),
};
