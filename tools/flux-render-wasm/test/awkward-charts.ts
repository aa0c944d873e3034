import type { FileTree } from '../src/index.ts';

/** One chart, made to be awkward, and how to render it. */
export interface ChartCase {
  readonly title: string;
  readonly files: FileTree;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly apiVersions?: readonly string[];
}

const chart = (name: string, more = ''): string => `apiVersion: v2\nname: ${name}\nversion: 1.2.3\n${more}`;

/** A ConfigMap whose data shows what an expression gives. */
const show = (expressions: Readonly<Record<string, string>>): string =>
  [
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shown\ndata:',
    ...Object.entries(expressions).map(([key, expression]) => `  ${key}: {{ ${expression} | quote }}`),
  ].join('\n');

const time = '(toDate "2006-01-02" "2024-02-29")';
const version = '(semver "v1.2.3-rc.1+b")';

const object = (kind: string, name: string, more = ''): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;

export const chartCases: readonly ChartCase[] = [
  {
    title: 'subcharts with conditions, tags, an alias and global values',
    files: {
      'Chart.yaml': chart(
        'parent',
        [
          'dependencies:',
          '- {name: child, version: "1.x", condition: "child.enabled,global.child"}',
          '- {name: child, version: "1.x", alias: twin}',
          '- {name: off, version: "1.2.3", condition: off.enabled}',
          '- {name: tagged, version: "1.2.3", tags: [extras]}',
        ].join('\n'),
      ),
      'values.yaml':
        'global: {region: eu}\nchild: {enabled: true, size: 1}\ntwin: {size: 2}\noff: {enabled: false}\ntags: {extras: false}\n',
      'charts/child/Chart.yaml': chart('child'),
      'charts/child/values.yaml': 'size: 0\nkept: yes\n',
      'charts/child/templates/a.yaml': show({
        size: '.Values.size',
        region: '.Values.global.region',
        root: '.Chart.IsRoot',
        kept: '.Values.kept',
        name: '.Chart.Name',
      }),
      'charts/off/Chart.yaml': chart('off'),
      'charts/off/templates/a.yaml': object('ConfigMap', 'never'),
      'charts/tagged/Chart.yaml': chart('tagged'),
      'charts/tagged/templates/a.yaml': object('ConfigMap', 'tagged'),
      'templates/a.yaml': show({
        subcharts: '.Subcharts | keys | sortAlpha | join ","',
        child: '.Subcharts.child.Values.size',
      }),
    },
    values: { twin: { size: 20 }, tags: { extras: true } },
  },
  {
    title: 'import-values from a child and from an exported key',
    files: {
      'Chart.yaml': chart(
        'importer',
        'dependencies:\n- name: source\n  version: 1.2.3\n  import-values:\n  - data\n  - {child: inner, parent: taken}\n',
      ),
      'values.yaml': 'taken: {b: parent}\n',
      'charts/source/Chart.yaml': chart('source'),
      'charts/source/values.yaml': 'exports: {data: {exported: 7}}\ninner: {a: child, b: child}\n',
      'templates/a.yaml': show({ exported: '.Values.exported', taken: '.Values.taken | toJson' }),
    },
  },
  {
    title: 'a library chart, includes and tpl over values',
    files: {
      'Chart.yaml': chart('user', 'dependencies:\n- {name: lib, version: 1.2.3}\n'),
      'values.yaml':
        "greeting: '{{ .Release.Name }} in {{ include \"lib.where\" . }}'\nnested: '{{ tpl .Values.greeting . }}'\n",
      'charts/lib/Chart.yaml': chart('lib', 'type: library\n'),
      'charts/lib/templates/_where.tpl':
        '{{- define "lib.where" -}}{{ .Release.Namespace }}/{{ .Template.Name }}{{- end -}}',
      'charts/lib/templates/ignored.yaml': object('ConfigMap', 'never'),
      'templates/a.yaml': show({ tpl: 'tpl .Values.greeting .', nested: 'tpl .Values.nested .' }),
    },
  },
  {
    title: '.Files, globs, binary data and .helmignore',
    files: {
      'Chart.yaml': chart('files'),
      '.helmignore': '# no secrets\nsecret/\n*.bak\n!keep.bak\n',
      'conf/a.txt': 'line 1\nline 2',
      'conf/b.txt': 'ümlaut ✓ 日本',
      'conf/deep/c.bin': new Uint8Array([0, 255, 128, 10, 13]),
      'conf/old.bak': 'gone',
      'secret/key.txt': 'gone',
      'with space.txt': 'spaced',
      'templates/a.yaml': [
        object('ConfigMap', 'files', 'data:'),
        '{{ (.Files.Glob "conf/*.txt").AsConfig | indent 2 }}',
        '  glob: {{ range $path, $_ := .Files.Glob "**" }}{{ $path }};{{ end }}',
        '  lines: {{ .Files.Lines "conf/a.txt" | toJson | quote }}',
        '  binary: {{ .Files.GetBytes "conf/deep/c.bin" | toString | b64enc }}',
        '  missing: {{ .Files.Get "no/such" | quote }}',
        '  space: {{ .Files.Get "with space.txt" | quote }}',
      ].join('\n'),
      'templates/b.yaml': `${object('Secret', 'files', 'data:')}\n{{ (.Files.Glob "conf/deep/*").AsSecrets | indent 2 }}`,
      'templates/.hidden.yaml': object('ConfigMap', 'never'),
    },
  },
  {
    title: 'hooks with events, weights and delete policies, some of them unknown or malformed',
    files: {
      'Chart.yaml': chart('hooks'),
      'templates/hooks.yaml': [
        object(
          'Job',
          'b',
          '  annotations: {helm.sh/hook: "pre-install,pre-upgrade", helm.sh/hook-weight: "5", helm.sh/hook-delete-policy: "before-hook-creation, hook-succeeded"}',
        ),
        object('Job', 'a', '  annotations: {helm.sh/hook: "pre-install", helm.sh/hook-weight: "-5"}'),
        object('Pod', 'test', '  annotations: {helm.sh/hook: test, helm.sh/hook-output-log-policy: hook-failed}'),
        object('Job', 'odd', '  annotations: {helm.sh/hook: "on-tuesdays"}'),
        object('Job', 'heavy', '  annotations: {helm.sh/hook: post-delete, helm.sh/hook-weight: heavy}'),
      ].join('\n---\n'),
      'templates/plain.yaml': object('Service', 'plain'),
    },
  },
  {
    title: 'CRDs apart, install order, and documents that hold only comments',
    files: {
      'Chart.yaml': chart('order'),
      'crds/a.yaml':
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: as.example.com\n',
      'crds/readme.md': 'not a manifest',
      'templates/z.yaml': [
        object('Namespace', 'z'),
        '# nothing here',
        '',
        object('Ingress', 'z'),
        object('ServiceAccount', 'z'),
      ].join('\n---\n'),
      'templates/a.yaml': `{{- if false }}\n${object('Pod', 'never')}\n{{- end }}\n`,
      'templates/b.yaml': `${object('Deployment', 'b')}\n---   \n${object('Secret', 'b')}\n---\n${object('Widget', 'b')}`,
      'templates/NOTES.txt': 'Installed {{ .Release.Name }}',
    },
  },
  {
    title: 'capabilities, semver and API versions',
    files: {
      'Chart.yaml': chart('capabilities', 'kubeVersion: ">=1.30.0-0"\nappVersion: "9.9"\nannotations: {a: b}\n'),
      'templates/a.yaml': show({
        version: '.Capabilities.KubeVersion.Version',
        git: '.Capabilities.KubeVersion.GitVersion',
        minor: '.Capabilities.KubeVersion.Minor',
        helm: '.Capabilities.HelmVersion.Version',
        core: '.Capabilities.APIVersions.Has "v1"',
        custom: '.Capabilities.APIVersions.Has "example.com/v1/Widget"',
        absent: '.Capabilities.APIVersions.Has "example.com/v2"',
        semver: 'semverCompare ">=1.36-0" .Capabilities.KubeVersion.Version',
        release: '.Release | toJson',
        chart: '.Chart | toJson',
      }),
    },
    apiVersions: ['example.com/v1', 'example.com/v1/Widget'],
  },
  {
    title: 'numbers, nulls, booleans and merges in values',
    files: {
      'Chart.yaml': chart('numbers'),
      'values.yaml':
        'big: 12345678901234567890\nmillion: 1000000\nint: 7\nfloat: 1.5\nwhole: 1.0\nexp: 1e3\noctal: 0755\nhex: 0x1F\nyes: yes\ndate: 2024-01-02\nnothing: null\nempty: ""\nremoved: {a: 1, b: 2}\nlist: [1, 2]\nversion: "1.10"\nneg: -0.0\nsexagesimal: 12:30:45\n',
      'templates/a.yaml': show({
        json: '.Values | toJson',
        yaml: '.Values | toYaml',
        million: '.Values.million',
        int: '.Values.int | int64',
        big: '.Values.big',
        safe: '.Values.safe | int64',
        toml: 'toToml (dict "a" .Values.float)',
        math: 'add .Values.int 1.9',
        kind: 'printf "%T %T" .Values.int .Values.float',
        nothing: '.Values.nothing',
        removed: 'hasKey .Values.removed "a"',
        missing: '.Values.no',
      }),
    },
    values: {
      removed: { a: null, c: null },
      list: [3],
      safe: 9007199254740991,
      deep: { n: null },
      small: 1e-7,
      large: 1e21,
    },
  },
  {
    title: 'CRLF line ends, byte order marks and Unicode',
    files: {
      'Chart.yaml': `\ufeff${chart('crlf')}`.replaceAll('\n', '\r\n'),
      'values.yaml': '\ufefftext: "caf\u00e9 \u{1F600}"\r\nmulti: |\r\n  one\r\n  two\r\n',
      'templates/a.yaml':
        `${object('ConfigMap', 'crlf', 'data:')}\n  text: {{ .Values.text | quote }}\n  multi: {{ .Values.multi | quote }}\n  upper: {{ upper "straße ﬁ" }}\n  trunc: {{ trunc 3 "日本語" | b64enc }}\n`.replaceAll(
          '\n',
          '\r\n',
        ),
      'templates/ünïcode name.yaml': object('ConfigMap', 'named'),
    },
    values: { __proto__x: 1, ключ: 'значение' },
  },
  {
    title: 'lookup, DNS and environment find nothing',
    files: {
      'Chart.yaml': chart('offline'),
      'templates/a.yaml': show({
        one: 'lookup "v1" "Secret" "ns" "name" | toJson',
        many: '(lookup "v1" "Pod" "" "").items | len',
        or: '(lookup "v1" "ConfigMap" "a" "b").data | default "fallback"',
        dns: 'getHostByName "localhost"',
      }),
    },
  },
  {
    title: 'a huge file and many objects',
    files: {
      'Chart.yaml': chart('huge'),
      'big.txt': 'x'.repeat(999).concat('\n').repeat(2000),
      'templates/a.yaml': `${object('ConfigMap', 'huge', 'data:')}\n  big: {{ .Files.Get "big.txt" | sha256sum }}\n  all: |\n{{ .Files.Get "big.txt" | indent 4 }}\n`,
      'templates/many.yaml': `{{- range $i := until 500 }}\n---\n${object('ConfigMap', 'many-{{ $i }}')}\n{{- end }}`,
    },
  },
  {
    title: 'documents that Helm splits although YAML would not',
    files: {
      'Chart.yaml': chart('glued'),
      'templates/a.yaml': `---apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: glued\n---\n\n---\n${object('ConfigMap', 'text', 'data:\n  script: |\n    ---\n    inside\n')}`,
    },
  },
  {
    title: 'a schema that the values satisfy, with a reference inside',
    files: {
      'Chart.yaml': chart('schema'),
      'values.schema.json': JSON.stringify({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $defs: { port: { type: 'integer', maximum: 65535 } },
        properties: { port: { $ref: '#/$defs/port' } },
      }),
      'values.yaml': 'port: 80\n',
      'templates/a.yaml': show({ port: '.Values.port' }),
    },
  },
  {
    title: 'methods of times, durations, versions, capabilities and values',
    files: {
      'Chart.yaml': chart('methods'),
      'values.yaml': 'a: {b: 1, Table: key}\n',
      'templates/a.yaml': show({
        after: `${time}.After ${time}`,
        clock: `${time}.Hour`,
        day: `${time}.YearDay`,
        format: `${time}.Format "Mon 2 Jan"`,
        go: `${time}.UTC.GoString`,
        json: `${time}.MarshalJSON | toString`,
        location: `${time}.UTC.Location.String`,
        month: `${time}.Month.String`,
        next: `(${time}.AddDate 1 1 1).Unix`,
        since: `(${time}.Sub (${time}.AddDate 0 0 -1)).Hours`,
        truncated: `${time}.Truncate (mustToDuration "24h")`,
        weekday: `${time}.Weekday`,
        zero: `${time}.IsZero`,
        duration: '(mustToDuration "90m").Round (mustToDuration "1h")',
        minutes: '(mustToDuration "-90m").Abs.Minutes',
        compare: `${version}.Compare (semver "2.0.0")`,
        less: `${version}.LessThan (semver "2.0.0")`,
        major: `${version}.IncMajor.String`,
        original: `${version}.Original`,
        metadata: `${version}.Metadata`,
        scanned: `(${version}.SetPrerelease "beta").String`,
        text: `${version}.MarshalText | toString`,
        capabilities: '.Capabilities.Copy.KubeVersion.String',
        values: '.Values.YAML',
        table: '(.Values.Table "a").b',
        path: '.Values.PathValue "a.b"',
        map: '.Values.AsMap | toJson',
        key: '.Values.a.Table',
        error: `(${version}.Scan "one").Error`,
      }),
    },
  },
  {
    title: 'sprig: dictionaries, lists, dates of fixed times, regular expressions, hashes',
    files: {
      'Chart.yaml': chart('sprig'),
      'templates/a.yaml': show({
        merged: 'merge (dict "a" 1) (dict "b" 2) | toJson',
        over: 'mergeOverwrite (dict "a" 1) (dict "a" 2) | toJson',
        deep: 'deepCopy (dict "a" (dict "b" 1)) | toYaml',
        uniq: 'list 1 1 2 | uniq | toJson',
        regex: 'regexReplaceAll "a(x*)b" "-ab-axxb-" "<$1>"',
        sha: 'sha1sum "x"',
        date: 'dateInZone "2006-01-02" (toDate "2006-01-02" "2020-05-06") "UTC"',
        from: 'fromYaml "a: [1, {b: null}]" | toJson',
        bad: '(fromJson "{").Error',
        dig: 'dig "a" "b" "none" (dict "a" (dict "b" 3))',
        pick: 'pick (dict "a" 1 "b" 2) "b" | toJson',
        ternary: 'ternary "y" "n" (eq 1 1)',
        derive: 'derivePassword 1 "long" "p" "u" "example.com"',
        url: 'urlParse "https://u:p@h:1/p?q#f" | toJson',
        semver: '(semver "1.2.3-rc.1+b").Prerelease',
        ini: 'dict "a" (list 1 "x") | toToml',
      }),
    },
  },
];

/** Charts that Helm refuses, with the kind that says why. */
export const refusedCharts: readonly (ChartCase & { readonly kind: string })[] = [
  { title: 'a library chart', kind: 'chart', files: { 'Chart.yaml': chart('lib', 'type: library\n') } },
  { title: 'a bad version', kind: 'chart', files: { 'Chart.yaml': 'apiVersion: v2\nname: x\nversion: one\n' } },
  {
    title: 'a missing dependency',
    kind: 'dependency',
    files: { 'Chart.yaml': chart('x', 'dependencies:\n- {name: gone, version: 1.x}\n') },
  },
  { title: 'another Kubernetes', kind: 'kube-version', files: { 'Chart.yaml': chart('x', 'kubeVersion: "<1.20"\n') } },
  {
    title: 'values against the schema',
    kind: 'values-schema',
    files: {
      'Chart.yaml': chart('x', 'dependencies:\n- {name: sub, version: 1.2.3}\n'),
      'values.schema.json': '{"required":["a"],"properties":{"b":{"type":"integer"}}}',
      'charts/sub/Chart.yaml': chart('sub'),
      'charts/sub/values.schema.json': '{"properties":{"c":{"enum":[1]}}}',
    },
    values: { b: 'text', sub: { c: 2 } },
  },
  {
    title: 'a template that does not parse',
    kind: 'template-parse',
    files: { 'Chart.yaml': chart('x'), 'templates/a.yaml': 'a: 1\nb: {{ if }}\n' },
  },
  {
    title: 'an unknown function',
    kind: 'template-parse',
    files: { 'Chart.yaml': chart('x'), 'templates/a.yaml': '{{ env "HOME" }}' },
  },
  ...['regexSplit "(" "" 1', 'regexSplit "(" "a" 0', 'regexFindAll "a{2,1}" "" 0', 'regexReplaceAll "[a-" "" ""'].map(
    (call) => ({
      title: `an expression that is none, with nothing to do: ${call}`,
      kind: 'template',
      files: { 'Chart.yaml': chart('x'), 'templates/a.yaml': `a: {{ ${call} }}` },
    }),
  ),
  ...['v3', 'v9'].map((version) => ({
    title: `a chart of API version ${version}`,
    kind: 'chart',
    files: { 'Chart.yaml': chart('x').replace('v2', version) },
  })),
  {
    title: 'a method that there is not',
    kind: 'template',
    files: { 'Chart.yaml': chart('x'), 'templates/a.yaml': '{{ now.Tomorrow }}' },
  },
  {
    title: 'a nil value',
    kind: 'template',
    files: { 'Chart.yaml': chart('x'), 'templates/a.yaml': '\n\na: {{ .Values.a.b.c }}\n' },
  },
  {
    title: 'an error in an included template',
    kind: 'template',
    files: {
      'Chart.yaml': chart('x'),
      'templates/_h.tpl':
        '{{ define "h" }}\n{{ include "inner" . }}{{ end }}\n{{ define "inner" }}\n\n  {{ .Values.list | first | upper }}{{ end }}',
      'templates/a.yaml': 'a: 1\nb: {{ include "h" . }}',
    },
    values: { list: 3 },
  },
  {
    title: 'a function that fails in a value, three calls down',
    kind: 'template',
    files: {
      'Chart.yaml': chart('x'),
      'templates/_h.tpl': '{{ define "h" }}\n{{ tpl .Values.text . }}{{ end }}',
      'templates/a.yaml': 'a: {{ include "h" . }}',
    },
    values: { text: '{{ semver "one" }}' },
  },
  {
    title: 'fail',
    kind: 'template-fail',
    files: { 'Chart.yaml': chart('x'), 'templates/a.yaml': 'a:\n  {{ fail "two: (words)\\nand lines" }}' },
  },
  {
    title: 'required',
    kind: 'template-fail',
    files: { 'Chart.yaml': chart('x'), 'templates/a.yaml': '{{ required "a is needed" .Values.a }}' },
  },
  {
    title: 'no such include',
    kind: 'template',
    files: { 'Chart.yaml': chart('x'), 'templates/a.yaml': '{{ include "nowhere" . }}' },
  },
  {
    title: 'a tpl error',
    kind: 'template',
    files: { 'Chart.yaml': chart('x'), 'templates/a.yaml': '{{ tpl "{{ .Values.a.b.c }}" . }}' },
  },
  {
    title: 'text that is no YAML',
    kind: 'yaml',
    files: {
      'Chart.yaml': chart('x'),
      'templates/a.yaml': `${object('Pod', 'ok')}\n---\n${object('Pod', 'bad')}spec: [\n`,
    },
  },
  {
    title: 'annotations that are no map',
    kind: 'yaml',
    files: { 'Chart.yaml': chart('x'), 'templates/a.yaml': object('Pod', 'bad', '  annotations: [a]') },
  },
  { title: 'values that are no YAML', kind: 'chart', files: { 'Chart.yaml': chart('x'), 'values.yaml': 'a: [' } },
];
