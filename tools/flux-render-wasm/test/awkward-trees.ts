import type { FileTree } from '../src/index.ts';

/** One source, made to be awkward, and what to build of it. */
export interface TreeCase {
  readonly title: string;
  readonly files: FileTree;
  readonly path?: string;
  readonly fluxKustomization?: Readonly<Record<string, unknown>>;
}

const kustomization = (text: string): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${text}`;

const configMap = (name: string, data = 'a: b'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  ${data}\n`;

const deployment = (name: string, image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: {app: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
      - name: main
        image: ${image}
        env:
        - {name: A, value: "1"}
        envFrom:
        - configMapRef: {name: settings}
      volumes:
      - name: keys
        secret: {secretName: keys}
`;

/** Sources with a kustomization file and no fields of a FluxKustomization: the kustomize command builds them too. */
export const plainTrees: readonly TreeCase[] = [
  {
    title: 'a diamond of bases under two prefixes',
    path: 'top',
    files: {
      'top/kustomization.yaml': kustomization('resources: [../left, ../right]\n'),
      'left/kustomization.yaml': kustomization('resources: [../base]\nnamePrefix: left-\n'),
      'right/kustomization.yml': kustomization(
        'resources: [../base]\nnamePrefix: right-\ncommonLabels: {side: right}\n',
      ),
      'base/Kustomization': kustomization('resources: [app.yaml, config.yaml]\n'),
      'base/app.yaml': deployment('app', 'nginx:1'),
      'base/config.yaml': configMap('settings'),
    },
  },
  {
    title: 'patches by target, by name, as JSON 6902 and from files',
    files: {
      'kustomization.yaml': kustomization(`resources: [app.yaml, other.yaml, config.yaml]
patches:
- target: {kind: Deployment, labelSelector: app=app}
  patch: |
    - {op: add, path: /spec/replicas, value: 3}
    - {op: replace, path: /spec/template/spec/containers/0/env/0/value, value: "2"}
- path: merge.yaml
- target: {kind: ConfigMap, name: "set.*"}
  patch: |
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: ignored}
    data: {added: "yes", a: null}
`),
      'merge.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: other}
spec:
  template:
    spec:
      containers:
      - name: main
        env: [{name: B, value: b}, {name: A, $patch: delete}]
      - {name: side, image: side:1}
`,
      'app.yaml': deployment('app', 'nginx:1'),
      'other.yaml': deployment('other', 'nginx:2'),
      'config.yaml': configMap('settings'),
    },
  },
  {
    title: 'replacements between objects, with delimiters and created fields',
    files: {
      'kustomization.yaml': kustomization(`resources: [app.yaml, config.yaml]
replacements:
- source: {kind: ConfigMap, name: settings, fieldPath: data.image}
  targets:
  - select: {kind: Deployment}
    fieldPaths: ["spec.template.spec.containers.[name=main].image"]
    options: {delimiter: ":", index: 0}
- path: replacement.yaml
`),
      'replacement.yaml':
        'source: {kind: ConfigMap, name: settings, fieldPath: metadata.name}\ntargets:\n- select: {kind: Deployment}\n  fieldPaths: [metadata.annotations.from]\n  options: {create: true}\n',
      'app.yaml': deployment('app', 'nginx:1'),
      'config.yaml': configMap('settings', 'image: mirror.example.com/nginx'),
    },
  },
  {
    title: 'generators with name suffix hashes, references to them and options',
    files: {
      'kustomization.yaml': kustomization(`namespace: made
resources: [app.yaml]
generatorOptions: {labels: {made: "yes"}}
configMapGenerator:
- name: settings
  files: [conf/app.properties, renamed=conf/ünïcode ✓.txt]
  envs: [conf/vars.env]
  literals: [k=v, "quoted='x y'"]
- name: fixed
  literals: [a=b]
  options: {disableNameSuffixHash: true, immutable: true}
secretGenerator:
- name: keys
  type: Opaque
  files: [conf/key.bin]
`),
      'conf/app.properties': 'a=1\nb=2\n',
      'conf/ünïcode ✓.txt': 'ümlaut',
      'conf/vars.env': '# comment\nFOO=bar\n\nBAZ=qux=1\n',
      'conf/key.bin': new Uint8Array([0, 255, 254, 1]),
      'app.yaml': deployment('app', 'nginx:1'),
    },
  },
  {
    title: 'components over a base, merged generators and images',
    path: 'overlay',
    files: {
      'overlay/kustomization.yaml': kustomization(
        'resources: [../base]\ncomponents: [../components/one, ../components/two]\nimages:\n- {name: nginx, newName: mirror/nginx, digest: "sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3"}\nreplicas: [{name: app, count: 5}]\n',
      ),
      'components/one/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nconfigMapGenerator:\n- name: settings\n  behavior: merge\n  literals: [from=one]\npatches:\n- target: {kind: Deployment}\n  patch: "[{op: add, path: /metadata/annotations, value: {one: \\"1\\"}}]"\n',
      'components/two/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [extra.yaml]\nlabels:\n- pairs: {two: "2"}\n  includeSelectors: false\n  includeTemplates: true\n',
      'components/two/extra.yaml': configMap('extra'),
      'base/kustomization.yaml': kustomization(
        'resources: [app.yaml]\nconfigMapGenerator:\n- {name: settings, literals: [from=base, kept=yes]}\n',
      ),
      'base/app.yaml': deployment('app', 'nginx:1'),
    },
  },
  {
    title: 'transformers and generators given as files, a nameSuffix, annotations, CRDs and a sort order',
    files: {
      'kustomization.yaml': kustomization(
        'resources: [all.yaml]\ntransformers: [prefix.yaml]\ngenerators: [generator.yaml]\nnameSuffix: -end\ncommonAnnotations: {a: "1"}\nconfigurations: [references.yaml]\nsortOptions: {order: fifo}\n',
      ),
      'prefix.yaml':
        'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: p}\nprefix: start-\nfieldSpecs: [{path: metadata/name}]\n',
      'generator.yaml': 'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: made}\nliterals: [x=y]\n',
      'references.yaml': 'nameReference:\n- kind: ConfigMap\n  fieldSpecs: [{path: spec/config, kind: Widget}]\n',
      'all.yaml': [
        configMap('one'),
        'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {config: one, big: 12345678901234567890, float: 1.0, on: yes, octal: 0755}\n',
        'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Namespace, metadata: {name: ns}}\n- {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: role}, rules: []}\n',
      ].join('---\n'),
    },
  },
  {
    title: 'an OpenAPI schema of its own, which the next build does not see',
    files: {
      'kustomization.yaml': kustomization(
        'resources: [w.yaml]\nopenapi: {path: schema.json}\npatches: [{path: patch.yaml}]\n',
      ),
      'schema.json': JSON.stringify({
        definitions: {
          'v1.Widget': {
            properties: {
              spec: {
                properties: {
                  parts: {
                    type: 'array',
                    items: { type: 'object' },
                    'x-kubernetes-patch-merge-key': 'name',
                    'x-kubernetes-patch-strategy': 'merge',
                  },
                },
              },
            },
            'x-kubernetes-group-version-kind': [{ group: 'example.com', kind: 'Widget', version: 'v1' }],
          },
        },
      }),
      'w.yaml':
        'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {parts: [{name: a, v: 1}, {name: b, v: 2}]}\n',
      'patch.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {parts: [{name: b, v: 3}]}\n',
    },
  },
  {
    title: 'the same patch without that schema',
    files: {
      'kustomization.yaml': kustomization('resources: [w.yaml]\npatches: [{path: patch.yaml}]\n'),
      'w.yaml':
        'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {parts: [{name: a, v: 1}, {name: b, v: 2}]}\n',
      'patch.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {parts: [{name: b, v: 3}]}\n',
    },
  },
  {
    title: 'CRLF, byte order marks, anchors, comments and long text',
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\nnamespace: place\n').replaceAll('\n', '\r\n'),
      'a.yaml': `# first\n${configMap('a', `text: "ünï ✓"\n  block: |\n    ${'long '.repeat(60)}\n    second\n  folded: >-\n    one\n    two\n  anchor: &x "v"\n  alias: *x`)}`,
    },
  },
  {
    title: 'a transformer of annotations where there are none',
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\ntransformers: [t.yaml]\n'),
      'a.yaml': configMap('a'),
      't.yaml':
        'apiVersion: builtin\nkind: AnnotationsTransformer\nmetadata: {name: t}\nannotations: {a: b}\nfieldSpecs: [{path: metadata/annotations}]\n',
    },
  },
  {
    title: 'a replacement by annotations where there are none',
    files: {
      'kustomization.yaml': kustomization(
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: metadata.annotations}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.b], options: {create: true}}]\n',
      ),
      'a.yaml': configMap('a'),
    },
  },
  {
    title: 'annotations that are no map, and one that kustomize makes itself',
    files: {
      'kustomization.yaml': kustomization(
        'resources: [a.yaml]\nconfigMapGenerator: [{name: b, behavior: merge, literals: [c=d]}]\n',
      ),
      'a.yaml': [
        configMap('a').replace('data:', '  annotations: []\ndata:'),
        configMap('b').replace('data:', '  annotations: {config.kubernetes.io/origin: "path: c.yaml"}\ndata:'),
      ].join('---\n'),
    },
  },
  { title: 'a missing resource', files: { 'kustomization.yaml': kustomization('resources: [gone.yaml]\n') } },
  {
    title: 'a cycle',
    files: {
      'kustomization.yaml': kustomization('resources: [a]\n'),
      'a/kustomization.yaml': kustomization('resources: [../]\n'),
    },
  },
  {
    title: 'an object twice',
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml, b.yaml]\n'),
      'a.yaml': configMap('a'),
      'b.yaml': configMap('a'),
    },
  },
  {
    title: 'a patch without a target',
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\npatches: [{path: p.yaml}]\n'),
      'a.yaml': configMap('a'),
      'p.yaml': configMap('b'),
    },
  },
  {
    title: 'Helm inflation',
    files: { 'kustomization.yaml': kustomization('helmCharts: [{name: x, repo: oci://example.com}]\n') },
  },
  {
    title: 'a plugin',
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\ntransformers: [t.yaml]\n'),
      'a.yaml': configMap('a'),
      't.yaml': 'apiVersion: example.com/v1\nkind: Evil\nmetadata: {name: e}\n',
    },
  },
  {
    title: 'duplicate keys',
    files: { 'kustomization.yaml': kustomization('resources: [a.yaml]\n'), 'a.yaml': `${configMap('a')}  a: c\n` },
  },
];

const fluxed = (spec: Record<string, unknown>): Record<string, unknown> => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'apps', namespace: 'flux-system' },
  spec,
});

/** Sources that only Flux builds: no kustomization file, or fields of a FluxKustomization. */
export const fluxTrees: readonly TreeCase[] = [
  {
    title: 'an object without apiVersion, which kustomize builds and the controller refuses',
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml, b.yaml]\n'),
      'a.yaml': configMap('a'),
      'b.yaml': 'kind: ConfigMap\nmetadata: {name: b}\n',
    },
  },
  {
    title: 'an unknown field, which kustomize refuses and Flux drops',
    files: { 'kustomization.yaml': kustomization('resorces: [a.yaml]\n'), 'a.yaml': configMap('a') },
  },
  {
    title: 'no kustomization file: manifests below, folders with one taken whole',
    path: 'apps',
    files: {
      'apps/b.yaml': configMap('b'),
      'apps/a/deep.yml': [configMap('deep-1'), configMap('deep-2')].join('---\n'),
      'apps/a/readme.md': '# text',
      'apps/whole/kustomization.yaml': kustomization('resources: [in.yaml]\nnamePrefix: p-\n'),
      'apps/whole/in.yaml': configMap('in'),
      'apps/whole/stray.yaml': configMap('stray'),
      'other/x.yaml': configMap('x'),
    },
  },
  {
    title:
      'metadata of the build: the manager (the command knows its version, Flux does not), origins and transformations',
    files: {
      'kustomization.yaml': kustomization(
        'resources: [a.yaml]\nnamePrefix: p-\nconfigMapGenerator: [{name: b, literals: [c=d]}]\nbuildMetadata: [managedByLabel, originAnnotations, transformerAnnotations]\n',
      ),
      'a.yaml': configMap('a'),
    },
  },
  { title: 'no manifests at all', path: 'empty', files: { 'empty/readme.md': '', 'x.yaml': configMap('x') } },
  { title: 'a stray file that is no object', files: { 'a.yaml': configMap('a'), 'values.yaml': 'replicas: 1\n' } },
  {
    title: 'namespace, name prefix and suffix, images, patches and components of the FluxKustomization',
    path: './apps',
    files: {
      'apps/kustomization.yaml': kustomization(
        'resources: [app.yaml, settings.yaml]\nimages: [{name: nginx, newTag: "2"}]\nnamespace: own\n',
      ),
      'apps/app.yaml': deployment('app', 'nginx:1'),
      'apps/settings.yaml': configMap('settings'),
      'components/extra/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nconfigMapGenerator:\n- {name: added, literals: [a=b]}\n',
    },
    fluxKustomization: fluxed({
      targetNamespace: 'target',
      namePrefix: 'pre-',
      nameSuffix: '-suf',
      images: [
        { name: 'nginx', newName: 'mirror/nginx' },
        { name: 'other', newTag: '9' },
      ],
      components: ['../components/extra', '../components/missing'],
      ignoreMissingComponents: true,
      patches: [{ patch: '[{"op":"add","path":"/spec/replicas","value":2}]', target: { kind: 'Deployment' } }],
      buildMetadata: ['originAnnotations'],
    }),
  },
  {
    title: 'a component that is missing',
    files: { 'a.yaml': configMap('a') },
    fluxKustomization: fluxed({ components: ['gone'] }),
  },
  {
    title: 'a component on another host',
    files: { 'a.yaml': configMap('a') },
    fluxKustomization: fluxed({ components: ['https://example.com/x'] }),
  },
  {
    title: 'only a FluxKustomization gives the kustomization file content',
    files: { 'kustomization.yaml': kustomization('') },
    fluxKustomization: fluxed({ namePrefix: 'x-' }),
  },
  {
    title: 'substitution with defaults, expressions, escapes and objects that opt out',
    files: {
      'a.yaml': configMap(
        'a',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of Flux
        'plain: ${one}\n  default: ${none:=fallback}\n  upper: ${two^^}\n  length: "${#one}"\n  cut: ${two:1:2}\n  replace: ${two/w/W}\n  escaped: $${one}\n  number: ${port}\n  quoted: "${port}"\n  bool: ${yes}\n  lines: ${lines}\n  dollar: $one $(one)',
      ),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of Flux
      'b.yaml': configMap('b', 'kept: ${undefined}').replace(
        'metadata:',
        'metadata:\n  annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}',
      ),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of Flux
      'c.yaml': configMap('c', 'kept: ${undefined}').replace(
        'metadata:',
        'metadata:\n  labels: {kustomize.toolkit.fluxcd.io/substitute: disabled}',
      ),
    },
    fluxKustomization: fluxed({
      postBuild: { substitute: { one: 'eins', two: 'zwei', port: '"8080"', yes: '"yes"', lines: 'a\nb' } },
    }),
  },
  {
    title: 'two objects that substitution gives one name, in the default namespace and in none',
    files: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Flux
      'a.yaml': [configMap('${one}'), configMap('eins').replace('data:', '  namespace: default\ndata:')].join('---\n'),
    },
    fluxKustomization: fluxed({ postBuild: { substitute: { one: 'eins' } } }),
  },
  {
    title: 'a variable that is not set',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of Flux
    files: { 'a.yaml': configMap('a', 'x: ${nowhere}') },
    fluxKustomization: fluxed({ postBuild: { substitute: { a: 'b' } } }),
  },
  {
    title: 'a variable whose name Flux refuses',
    files: { 'a.yaml': configMap('a') },
    fluxKustomization: fluxed({ postBuild: { substitute: { 'a-b': 'c' } } }),
  },
  {
    title: 'no variables, so no substitution',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of Flux
    files: { 'a.yaml': configMap('a', 'x: ${nowhere:=default}') },
    fluxKustomization: fluxed({ postBuild: {} }),
  },
];
