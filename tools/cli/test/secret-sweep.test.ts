import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { run } from '../src/run.ts';

// A marker is declared secret and put wherever a value can go; then it must stand in nothing that any command prints, in no
// format and no encoding, and in no file that is written.
const marker = 'Zq7-Marker+of/Secrets';
const short = 'ab';

type Files = Readonly<Record<string, string>>;

const object = (name: string, data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n${data}\n`;
const secret = { type: 'string', writeOnly: true, minLength: 1, description: 'Secret.' };
const plain = { type: 'string', description: 'Shown.' };

interface Planted {
  /** Properties of the component's schema; `pw` is secret. */
  readonly properties?: object;
  /** The whole schema, in the place of one with `properties`. */
  readonly schema?: string;
  /** Values that the cluster sets, YAML in a flow. */
  readonly values?: string;
  readonly defaults?: string;
  readonly template?: string;
  readonly files?: Files;
}

const set = `{pw: "${marker}"}`;

const plants: Readonly<Record<string, Planted>> = {
  'printed as data': { values: set, template: object('a', 'data: {a: "{{values.pw}}"}') },
  'printed in base64 with more': {
    values: set,
    template: object('a', 'data: {a: {{quote (concat "user:" values.pw)}} }'),
  },
  'in small letters': { values: set, template: object('a', 'data: {a: "{{lower values.pw}}"}') },
  'in a name': { values: set, template: object('"{{values.pw}}"', '') },
  'in a part of a name': { values: set, template: object('web-{{lower values.pw}}-x', '') },
  'in a namespace': { values: set, template: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: "{{values.pw}}"}\n' },
  'in a kind': { values: set, template: 'apiVersion: v1\nkind: "{{values.pw}}"\nmetadata: {name: a}\n' },
  'in an API version': { values: set, template: 'apiVersion: "{{values.pw}}"\nkind: A\nmetadata: {name: a}\n' },
  'as a key': { values: set, template: object('a', 'data: {"{{values.pw}}": a}') },
  'as a label': {
    values: set,
    template: object('a', 'labels: {a: "{{values.pw}}"}').replace('name: a', 'name: a, labels: {x: "{{values.pw}}"}'),
  },
  'in broken YAML': { values: set, template: 'a: [{{values.pw}}\n' },
  'in broken YAML, in small letters': { values: set, template: 'a: [{{lower values.pw}}\n' },
  'in broken YAML, with other text': { values: set, template: 'a: "x\n{{concat "pre" values.pw "post"}}: [\n' },
  'twice as a key': { values: set, template: object('a', 'data: {"{{values.pw}}": a, "{{values.pw}}": b}') },
  'as what is no object': { values: set, template: '{{values.pw}}\n' },
  'as a field of the wrong type': {
    values: set,
    template: 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: "{{values.pw}}"}\n',
  },
  'as a field of a Flux object': {
    values: set,
    template:
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: a}\nspec: {url: "{{values.pw}}", interval: 1m}\n',
  },
  'as a message': {
    values: set,
    template: '{{required values.pw values.other}}\n',
    properties: { pw: secret, other: plain },
  },
  'in a loop over text': { values: set, template: '{{#each values.pw}}{{/each}}\n' },
  'where a map is wanted': { values: set, template: '{{values.pw.inner}}\n' },
  'too short': { values: set, properties: { pw: { ...secret, minLength: 40 } } },
  'too short by far': { values: `{pw: "${short}"}`, properties: { pw: { ...secret, minLength: 40 } } },
  'of another form': { values: set, properties: { pw: { ...secret, pattern: '^x$' } } },
  'of another type': { values: `{pw: {${marker}: ["${marker}"]}}` },
  'in a list of the wrong type': { values: `{pw: ["${marker}"]}` },
  'none of the options': { values: set, properties: { pw: { ...secret, enum: ['one', 'two'] } } },
  'of a wrong format': { values: set, properties: { pw: { ...secret, format: 'email' } } },
  'under a key with a slip': { values: `{pww: "${marker}"}` },
  'in a block': {
    values: `\n        pw: |\n          first line is long\n          ${marker}\n`,
    properties: { pw: { ...secret, maxLength: 3 } },
  },
  'of a component that the cluster lacks': {
    values: set,
    files: { 'clusters/one/cluster.yaml': clusterText('', `    web: ${set}\n`) },
  },
  'beside a key that stands twice': { values: `{pw: "${marker}", pw: "${marker}"}` },
  'in a cluster that is no YAML': { values: `{pw: "${marker}"` },
  'in defaults that are too short': { defaults: `pw: ${marker}\n`, properties: { pw: { ...secret, minLength: 40 } } },
  'in defaults that are no YAML': { defaults: `pw: ${marker}\nb: [\n` },
  'in defaults with a tab': { defaults: `a: 1\n\tpw: ${marker}\n` },
  'below a schema that is none': {
    values: set,
    schema: '{"type": "object", "properties": {"pw": {"type": "strng", "writeOnly": true}}}',
  },
  'below a schema that is no JSON': {
    values: set,
    schema: '{"type": "object", "properties": {"pw": {"writeOnly": true',
  },
  'in dependentSchemas': {
    values: set,
    schema: JSON.stringify({
      type: 'object',
      additionalProperties: false,
      properties: { pw: plain },
      dependentSchemas: { pw: { properties: { pw: { writeOnly: true, minLength: 50 } } } },
    }),
    template: object('{{values.pw}}', ''),
  },
  'in the values of a chart': {
    values: set,
    files: { 'components/web/helm/values.yaml.hbs': 'auth: {pw: "{{values.pw}}"}\n' },
  },
};

function clusterText(components: string, values: string): string {
  return `apiVersion: fluxwright.dev/v1\nkind: Cluster\nmetadata: {name: one}\nspec:\n  domain: one.example.com\n  kubernetes: {distribution: k3s, version: "1.36"}\n  flux: {version: "2.9"}\n  git: {url: https://git.example.com/fleet.git, secretRef: flux-system}\n  components: [${components}]\n  values:\n${values}`;
}

function write({ properties = { pw: secret }, schema, values, defaults, template, files = {} }: Planted): string {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-sweep-'));
  const hasChart = Object.keys(files).some((file) => file.includes('/helm/'));
  const chart = hasChart ? '  helm: {repository: "oci://example.com/charts", chart: web, version: "1.0.0"}\n' : '';
  const all: Files = {
    'components/web/package.json': '{"name": "@sample/web", "version": "0.1.0", "private": true}',
    'components/web/component.yaml': `apiVersion: fluxwright.dev/v1\nkind: Component\nmetadata: {name: web}\nspec:\n  title: Web\n  description: Serves.\n  namespace: web\n${chart}`,
    'components/web/values.schema.json':
      schema ?? JSON.stringify({ type: 'object', additionalProperties: false, properties }),
    ...(defaults === undefined ? {} : { 'components/web/values.yaml': defaults }),
    ...(template === undefined ? {} : { 'components/web/install/object.yaml.hbs': template }),
    'clusters/one/cluster.yaml': clusterText(
      'web',
      values === undefined ? '    {}\n' : `      web: ${values}\n`.replace(/^ {2}/, ''),
    ),
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

afterEach(() => vi.restoreAllMocks());

/** Everything that a command prints. */
async function printed(args: readonly string[]): Promise<string> {
  const texts: string[] = [];
  const take = (text: unknown): boolean => texts.push(String(text)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(take as typeof process.stdout.write);
  vi.spyOn(process.stderr, 'write').mockImplementation(take as typeof process.stderr.write);
  await run(args);
  vi.restoreAllMocks();
  return texts.join('');
}

function writtenBelow(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

test.each(Object.entries(plants))('a secret is nowhere to be seen: %s', async (_, planted) => {
  const root = write(planted);
  try {
    const commands = [
      ['validate', '--format=text'],
      ['validate', '--format=json'],
      ['validate', '--format=ci'],
      ['build'],
      ['explain', 'one', 'ConfigMap/a'],
      ['explain', 'one', 'ConfigMap/nothing', '--format=json'],
      ['explain', 'one', 'HelmRelease/web', '--format=json'],
      ['capacity', 'one'],
      ['graph', 'one'],
      ['simulate', 'one', '--format=json'],
    ];
    const said: string[] = [];
    for (const command of commands) said.push(await printed(['--root', root, ...command]));
    const all = [...said, writtenBelow(join(root, 'generated'))].join('\n');
    expect(said[0]).toMatch(/error\[|objects/);
    expect(all).not.toMatch(/internal error/);
    expect(all.toLowerCase()).not.toContain(marker.toLowerCase());
    expect(all).not.toContain(Buffer.from(marker).toString('base64').slice(2, 24));
    if (planted.values?.includes(`"${short}"`)) expect(all).not.toMatch(/pw: "?ab"?/);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
