import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { widgetLocation, widgetOf, widgetSchemas } from '../test/widget-schemas.ts';
import { createEngine, createValidator } from './index.ts';
import type { ValidatorOptions } from './validator-options.ts';

const options: ValidatorOptions = { schemas: widgetSchemas, schemaLocations: [widgetLocation] };

describe('createValidator', () => {
  it('says who is valid', async () => {
    const validator = await createValidator(options);
    expect(await validator.validate([widgetOf({}, { name: 'one', namespace: 'here' })])).toEqual([
      {
        input: 0,
        status: 'valid',
        kind: 'Widget',
        version: 'example.dev/v1',
        namespace: 'here',
        name: 'one',
        message: '',
        violations: [],
      },
    ]);
  });

  it('gives every violation with its JSON pointer, in order', async () => {
    const validator = await createValidator(options);
    const [result] = await validator.validate([
      widgetOf(
        { size: 30, port: true, parts: [{}, { name: 'much too long' }], extra: 1, another: 2 },
        { labels: { 'a/b~c': 1 } },
      ),
    ]);
    expect(result?.violations).toMatchInlineSnapshot(`
      [
        {
          "message": "got number, want string",
          "path": "/metadata/labels/a~1b~0c",
        },
        {
          "message": "additional properties 'another', 'extra' not allowed",
          "path": "/spec",
        },
        {
          "message": "missing property 'name'",
          "path": "/spec/parts/0",
        },
        {
          "message": "maxLength: got 13, want 5",
          "path": "/spec/parts/1/name",
        },
        {
          "message": "'anyOf' failed: got boolean, want integer; got boolean, want string",
          "path": "/spec/port",
        },
        {
          "message": "maximum: got 30, want 9",
          "path": "/spec/size",
        },
      ]
    `);
    expect(result?.message).toMatchInlineSnapshot(
      `"problem validating schema. Check JSON formatting: jsonschema validation failed with 'example.dev/widget_v1.json#' - at '/metadata/labels/a~1b~0c': got number, want string - at '/spec': validation failed   - at '/spec': additional properties 'another', 'extra' not allowed   - at '/spec/parts': validation failed     - at '/spec/parts/0': missing property 'name'     - at '/spec/parts/1/name': maxLength: got 13, want 5   - at '/spec/port': 'anyOf' failed     - at '/spec/port': got boolean, want integer     - at '/spec/port': got boolean, want string   - at '/spec/size': maximum: got 30, want 9"`,
    );
  });

  it('finds the same in an object and in its text', async () => {
    const validator = await createValidator(options);
    const broken = widgetOf({ size: 'x', children: [{ size: 1, children: [{}] }] });
    const [fromObject, fromText, fromBytes] = await validator.validate([
      broken,
      JSON.stringify(broken),
      Buffer.from(JSON.stringify(broken)),
    ]);
    expect(fromObject?.status).toBe('invalid');
    expect(fromText).toEqual({ ...fromObject, input: 1 });
    expect(fromBytes).toEqual({ ...fromObject, input: 2 });
  });

  it('takes streams and Lists apart', async () => {
    const validator = await createValidator(options);
    const list = { apiVersion: 'v1', kind: 'List', items: [widgetOf(), widgetOf({ size: 0 })] };
    const results = await validator.validate([
      'apiVersion: v1\nkind: ConfigMap\n---\n# nothing\n---\na: b\n',
      list,
      '',
      widgetOf(),
    ]);
    expect(results.map(({ input, status, kind }) => [input, status, kind])).toEqual([
      [0, 'valid', 'ConfigMap'],
      [0, 'empty', ''],
      [0, 'error', ''],
      [1, 'valid', 'Widget'],
      [1, 'invalid', 'Widget'],
      [2, 'empty', ''],
      [3, 'valid', 'Widget'],
    ]);
  });

  it('keeps the order over many batches', async () => {
    const validator = await createValidator(options);
    const many = Array.from({ length: 1_234 }, (_, index) => widgetOf({}, { name: `w-${index}` }));
    const results = await validator.validate(many);
    expect(results.map((result) => result.name)).toEqual(many.map((_, index) => `w-${index}`));
    expect(results.map((result) => result.input)).toEqual(many.map((_, index) => index));
  });

  it.each([
    {
      rule: 'a kind without a schema is an error',
      set: {},
      status: 'error',
      message: 'could not find schema for Other',
    },
    { rule: 'unless missing schemas are ignored', set: { ignoreMissingSchemas: true }, status: 'skipped', message: '' },
    { rule: 'a kind can be skipped', set: { skipKinds: ['Other'] }, status: 'skipped', message: '' },
    { rule: 'also with its version', set: { skipKinds: ['example.dev/v1/Other'] }, status: 'skipped', message: '' },
    {
      rule: 'or rejected',
      set: { rejectKinds: ['Other'] },
      status: 'error',
      message: 'prohibited resource kind Other',
    },
  ])('$rule', async ({ set, status, message }) => {
    const validator = await createValidator({ ...options, ...set });
    const [result] = await validator.validate([{ apiVersion: 'example.dev/v1', kind: 'Other' }]);
    expect(result).toMatchObject({ status, message });
  });

  it('refuses keys that appear twice when strict', async () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\ndata: {a: b, a: c}\n';
    const [lax] = await (await createValidator(options)).validate([text]);
    const [strict] = await (await createValidator({ ...options, strict: true })).validate([text]);
    expect(lax?.status).toBe('valid');
    expect(strict).toMatchObject({ status: 'error', message: expect.stringContaining('already set in map') });
  });

  it('follows references to other documents', async () => {
    const validator = await createValidator(options);
    const object = { apiVersion: 'example.dev/v1', kind: 'Linked', spec: {} };
    const [missing, present] = await validator.validate([object, { ...object, spec: { size: 1 } }]);
    expect(missing?.violations).toEqual([{ path: '/spec', message: "missing property 'size'" }]);
    expect(present?.status).toBe('valid');
  });

  it('asks the locations in order, and each path once', async () => {
    const asked: string[] = [];
    const validator = await createValidator({
      schemas: (path) => {
        asked.push(path);
        return path.startsWith('second/') ? '{"required": ["spec"]}' : undefined;
      },
      schemaLocations: ['first', 'second', 'third'],
      kubernetesVersion: '1.36.0',
      strict: true,
    });
    for (let round = 0; round < 3; round++) await validator.validate([widgetOf(), 'apiVersion: apps/v1\nkind: Set\n']);
    expect(asked).toEqual([
      'first/v1.36.0-standalone-strict/set-apps-v1.json',
      'first/v1.36.0-standalone-strict/widget-example-v1.json',
      'second/v1.36.0-standalone-strict/set-apps-v1.json',
      'second/v1.36.0-standalone-strict/widget-example-v1.json',
    ]);
  });

  it('reads a folder, and nothing outside of it', async () => {
    const root = await mkdtemp(join(tmpdir(), 'schemas-'));
    try {
      await mkdir(join(root, 'inside/example.dev'), { recursive: true });
      await writeFile(join(root, 'outside_v1.json'), '{}');
      await writeFile(join(root, 'inside/example.dev/widget_v1.json'), '{"required": ["never"]}');
      await symlink(join(root, 'outside_v1.json'), join(root, 'inside/example.dev/link_v1.json'));
      const validator = await createValidator({
        schemas: { folder: join(root, 'inside') },
        schemaLocations: [widgetLocation],
      });
      const kinds = ['Widget', 'Link', '../../outside', 'x\0', 'y'.repeat(500)];
      const results = await validator.validate(kinds.map((kind) => ({ apiVersion: 'example.dev/v1', kind })));
      expect(results.map((result) => result.status)).toEqual(['invalid', 'error', 'error', 'error', 'error']);
    } finally {
      await rm(root, { recursive: true });
    }
  });

  it.each<{ set: object; message: string }>([
    { set: { schemas: undefined }, message: 'createValidator needs options, of them at least schemas' },
    { set: { schemas: './schemas' }, message: 'schemas must be a Map or an object by path, { folder } or a function' },
    { set: { schemas: { folder: './nowhere' } }, message: 'schemas has no folder at ./nowhere' },
    { set: { kubernetesVersion: '1.36' }, message: 'kubernetesVersion "1.36" is neither "master" nor x.y.z, such as' },
    { set: { kubernetesVersion: 1.36 }, message: 'kubernetesVersion must be a string, such as "1.36.0"' },
    { set: { schemaLocations: 'x.json' }, message: 'schemaLocations must be a list of strings' },
    { set: { schemaLocations: [] }, message: 'schemaLocations is empty: leave it out for the default layout' },
    {
      set: { schemaLocations: ['{{ .Kind }}.json'] },
      message: 'schemaLocations cannot have {{ .Kind }} in "{{ .Kind }}.json": what can be filled in is {{ .Group }},',
    },
    { set: { schemaLocations: ['{{ if .Group }}x{{ end }}.json'] }, message: 'cannot have {{ if .Group }} in' },
    { set: { schemaLocations: ['{{ .Group .json'] }, message: 'cannot have {{ .Group .json in' },
    { set: { strict: 'yes' }, message: 'strict must be true or false' },
    { set: { skipKinds: 'Secret' }, message: 'skipKinds must be a list of strings' },
    { set: { strikt: true }, message: 'there is no option strikt: the options are schemas, schemaLocations,' },
    { set: { engine: {} }, message: 'engine must come from createEngine' },
  ])('refuses $set', async ({ set, message }) => {
    await expect(createValidator({ ...options, ...set })).rejects.toMatchObject({
      name: 'EngineError',
      kind: 'input',
      message: expect.stringContaining(message),
    });
  });

  it.each([{ workers: 0 }, { timeoutMs: Number.NaN }, { memoryBytes: -1 }])('refuses an engine with %j', (bounds) => {
    expect(() => createEngine(bounds)).toThrow(/^(workers|timeoutMs|memoryBytes) must be a whole number above 0, not/);
  });

  it('knows the default layout by the name that the command has for it', async () => {
    const schemas = { 'master-standalone/widget-example-v1.json': { required: ['never'] } };
    const validator = await createValidator({ schemas, schemaLocations: ['default'] });
    expect(await validator.validate([widgetOf()])).toMatchObject([{ status: 'invalid' }]);
  });

  it.each([
    ['a text', 'kind: Widget'],
    ['bytes', Buffer.from('kind: Widget')],
    ['an object', {}],
    ['nothing', undefined],
  ])('refuses %s for a list of resources', async (_, resources) => {
    const validator = await createValidator(options);
    await expect(validator.validate(resources as never)).rejects.toMatchObject({
      kind: 'input',
      message: 'validate takes a list of resources: put a single one in brackets',
    });
  });

  it('refuses what JSON cannot hold', async () => {
    const validator = await createValidator(options);
    await expect(validator.validate([widgetOf(), { count: 1n }])).rejects.toMatchObject({ kind: 'input' });
  });

  it('reads its schemas anew after release', async () => {
    let reads = 0;
    const validator = await createValidator({
      schemaLocations: [widgetLocation],
      schemas: (path) => {
        reads++;
        return widgetSchemas[path];
      },
    });
    await validator.validate([widgetOf()]);
    await validator.release();
    expect((await validator.validate([widgetOf()]))[0]?.status).toBe('valid');
    expect(reads).toBe(2);
  });

  it('passes on what reading a schema throws', async () => {
    const validator = await createValidator({
      ...options,
      schemas: () => {
        throw new Error('no disk');
      },
    });
    await expect(validator.validate([widgetOf()])).rejects.toThrow('no disk');
  });
});
