import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createValidator, type ValidatorOptions } from '../src/index.ts';
import { hasNative, nativeKubeconform } from './native-kubeconform.ts';
import { widgetLocation, widgetOf, widgetSchemas } from './widget-schemas.ts';

const absent = !hasNative();
if (absent) console.warn('native.test.ts: skipped, there is neither Go nor a kubeconform command');

interface Verdict {
  readonly status: string;
  readonly kind: string;
  readonly name: string;
  readonly version: string;
  readonly message: string;
}

describe.skipIf(absent)('the verdicts of the command', () => {
  let root: string;
  let command: string;

  beforeAll(async () => {
    command = await nativeKubeconform();
    root = await mkdtemp(join(tmpdir(), 'native-'));
    for (const [path, schema] of Object.entries(widgetSchemas)) {
      await mkdir(join(root, 'schemas', dirname(path)), { recursive: true });
      await writeFile(join(root, 'schemas', path), typeof schema === 'string' ? schema : JSON.stringify(schema));
    }
  }, 600_000);
  afterAll(() => rm(root, { recursive: true, force: true }));

  /** What both say of the same documents, given as files to the command and as text to the engine. */
  async function compare(documents: readonly string[], set: Omit<ValidatorOptions, 'schemas'> = {}): Promise<void> {
    expect(await byEngine(documents, set)).toEqual(await byCommand(documents, set));
  }

  async function byEngine(documents: readonly unknown[], set: Omit<ValidatorOptions, 'schemas'>): Promise<Verdict[][]> {
    const options = { schemaLocations: [widgetLocation], schemas: { folder: join(root, 'schemas') }, ...set };
    const verdicts: Verdict[][] = documents.map(() => []);
    const validator = await createValidator(options);
    for (const { input, status, kind, name, version, message } of await validator.validate(documents as object[])) {
      verdicts[input]?.push({ status, kind, name, version, message: words(message) });
    }
    return verdicts;
  }

  async function byCommand(documents: readonly string[], set: Omit<ValidatorOptions, 'schemas'>): Promise<Verdict[][]> {
    const folder = await mkdtemp(join(root, 'documents-'));
    await Promise.all(documents.map((text, i) => writeFile(join(folder, `${i}.yaml`), text)));
    const locations = set.schemaLocations ?? [widgetLocation];
    const flags = [
      ...locations.flatMap((location) => ['-schema-location', join(root, 'schemas', location)]),
      ...(set.strict ? ['-strict'] : []),
      ...(set.ignoreMissingSchemas ? ['-ignore-missing-schemas'] : []),
      ...(set.skipKinds ? ['-skip', set.skipKinds.join(',')] : []),
      ...(set.rejectKinds ? ['-reject', set.rejectKinds.join(',')] : []),
    ];
    const stdout = await new Promise<string>((resolve) => {
      const args = [...flags, '-n', '1', '-output', 'json', '-verbose', folder];
      execFile(command, args, { maxBuffer: 1e9 }, (_failed, output) => resolve(output));
    });
    const verdicts: Verdict[][] = documents.map(() => []);
    for (const result of (JSON.parse(stdout) as { resources: Record<string, string>[] }).resources) {
      const { filename = '', kind = '', name = '', version = '', status = '', msg = '' } = result;
      verdicts[Number.parseInt(basename(filename), 10)]?.push({
        status: status === '' ? 'empty' : status.replace('status', '').toLowerCase(),
        kind,
        name,
        version,
        message: words(msg),
      });
    }
    return verdicts;
  }

  const widget = JSON.stringify(widgetOf());
  const handMade = [
    '',
    '---\n',
    '# only a comment\n',
    widget,
    `---\n${widget}\n---\n${widget}\n---`,
    `${widget}\r\n---\r\n${widget}`,
    `${widget}\n--- # with a comment\n${widget}\n---trailing`,
    'a: b',
    '- a\n- b\n',
    'text',
    'null',
    '42',
    'kind: Widget\n',
    'apiVersion: example.dev/v1\n',
    'kind: 3\napiVersion: example.dev/v1\n',
    'Kind: Widget\napiVersion: example.dev/v1\nspec: {size: 1}\n',
    'kind: ""\napiVersion: ""\n',
    'apiVersion: example.dev/v1\nkind: Widget\nmetadata: {generateName: gen-, namespace: n}\nspec: {size: 1}\n',
    'apiVersion: example.dev/v1\nkind: Widget\nmetadata: [not, a, map]\nspec: {size: 1}\n',
    'apiVersion: example.dev/v1\nkind: Widget\nmetadata: {name: 5}\nspec: {size: 1}\n',
    'apiVersion: example.dev/v1\nkind: Widget\nspec: {size: 1, size: 2}\n',
    'apiVersion: example.dev/v1\nkind: Widget\nspec: {size: 01, timeout: 1h30m, free: 0x1F}\n',
    'apiVersion: example.dev/v1\nkind: Widget\nspec: {size: 1, timeout: PT1H, free: 1e400}\n',
    'apiVersion: example.dev/v1\nkind: Widget\nspec: {size: 1, timeout: soon}\n',
    'apiVersion: example.dev/v1\nkind: Widget\nspec: {size: 1.0, free: !!binary aGVsbG8=}\n',
    'apiVersion: example.dev/v1\nkind: Widget\nspec: {size: 18446744073709551616}\n',
    'apiVersion: example.dev/v1\nkind: Widget\nspec: {size: yes, port: on, free: {1: a, true: b, 2.5: c}}\n',
    'apiVersion: example.dev/v1\nkind: Widget\nspec: {size: ~, free: {? [a] : b}}\n',
    'apiVersion: example.dev/v1\nkind: Widget\nx: &x {size: 2}\nspec: {<<: *x, free: "ünïcode \\u00e9 \\U0001F600"}\n',
    'apiVersion: example.dev/v1\nkind: Widget\nspec: {size: 1, port: "\\uD83D\\uDE00"}\n',
    'apiVersion: example.dev/v1\nkind: Widget\n\tspec: {}\n',
    '{"apiVersion": "example.dev/v1", "kind": "Linked", "spec": {}}',
    '{"apiVersion": "example.dev/v1", "kind": "Broken"}',
    '{"apiVersion": "example.dev/v1", "kind": "Nothing"}',
    '{"apiVersion": "example.dev/v1", "kind": "Missing"}',
    '{"apiVersion": "example.dev/v1", "kind": "Mis:sing"}',
    '{"apiVersion": "example.dev/v1", "kind": "Mis?sing"}',
    '{"apiVersion": "example.dev/v1", "kind": "Missing", "metadata": {"Name": "upper"}}',
    '{"apiVersion": "example.dev/v1", "kind": "Missing", "metadata": {"name": null, "generateName": ""}}',
    '{"apiVersion": "example.dev/v1", "kind": "Missing", "metadata": {"name": {}, "namespace": true}}',
    '{"apiVersion": "example.dev/v1", "kind": "Odd name #?%zz"}',
    '{"apiVersion": "a/b/c", "kind": "Widget"}',
    `{"apiVersion": "v1", "kind": "List", "items": [${widget}, {"a": 1}, 3, null, ${widget}]}`,
    '{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "Kind": "ConfigMap"}, {"apiVersion": [], "kind": "ConfigMap"}]}',
    '{"apiVersion": "v1", "kind": "LIST", "items": []}',
    '{"apiVersion": "v1", "kind": "List"}',
    '{"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": 1}}',
    '\ufeffapiVersion: v1\nkind: ConfigMap\n',
  ];

  it.each<{ name: string; set: Omit<ValidatorOptions, 'schemas'> }>([
    { name: 'by default', set: {} },
    { name: 'when strict', set: { strict: true } },
    { name: 'when missing schemas are ignored', set: { ignoreMissingSchemas: true } },
    {
      name: 'with kinds skipped and rejected',
      set: { skipKinds: ['v1/ConfigMap', 'Missing'], rejectKinds: ['Linked'] },
    },
    { name: 'with several locations', set: { schemaLocations: ['nowhere/{{ .Group }}.json', widgetLocation] } },
  ])('agree on awkward documents $name', async ({ set }) => {
    await compare(handMade, set);
  });

  it('agree on generated objects, as text and as objects', async () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, true, 0, 1, 5, 10, -1, 1.5, 1e21, '', 'abc', '5m', 'PT5M', '1h', 'much too long', 'ABC'),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(
          fc.constantFrom(
            'size',
            'timeout',
            'port',
            'limits',
            'parts',
            'children',
            'free',
            'name',
            'a/b',
            '~',
            'extra',
          ),
          tie('any'),
          { maxKeys: 5 },
        ),
      ),
    })).any;
    const nearlyRight = fc.record(
      {
        size: fc.integer({ min: 1, max: 12 }),
        timeout: fc.constantFrom('5m', '1h30m', 'PT5M', 'P1W', 'P', '5', ''),
        port: fc.constantFrom(80, 'http', 'HTTP'),
        limits: fc.dictionary(fc.constantFrom('cpu', 'a/b', '~'), fc.constantFrom('1', 1, true), { maxKeys: 2 }),
        parts: fc.array(fc.record({ name: fc.constantFrom('a', 'ünïcö', 'much too long') }), { maxLength: 4 }),
        free: value,
      },
      { requiredKeys: ['size'] },
    );
    const objects = fc.sample(
      fc.record(
        {
          apiVersion: fc.constant('example.dev/v1'),
          kind: fc.constant('Widget'),
          metadata: fc.oneof(fc.constant({ name: 'one' }), value),
          spec: fc.oneof(nearlyRight, value),
        },
        { requiredKeys: ['apiVersion', 'kind'] },
      ),
      { numRuns: 1_500, seed: 20_260 },
    );
    const texts = objects.map((object) => JSON.stringify(object));
    const expected = await byCommand(texts, {});
    expect(new Set(expected.flat().map((verdict) => verdict.status))).toEqual(new Set(['valid', 'invalid', 'error']));
    expect(await byEngine(texts, {})).toEqual(expected);
    expect(await byEngine(objects, {})).toEqual(expected);
  });
});

/**
 * The command lists what it found in a new order each time and names the schema by its file. Of a schema that cannot be read
 * it does not say which one.
 */
function words(message: string): string {
  return message
    .replace(/^failed reading schema .*: it is not JSON$/, 'unexpected EOF')
    .replace(/^failed reading schema \S+: parse /, 'parse ')
    .replace(/^parse "[^"]*"|^failed reading schema .*: parse "[^"]*"/, 'parse')
    .replace(/failed with '[^']*#'/, 'failed')
    .split(/[\s,]+/)
    .sort()
    .join(' ');
}
