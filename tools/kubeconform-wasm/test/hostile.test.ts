import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, createValidator, type Engine, type ResourceInput, type Validator } from '../src/index.ts';
import { widgetLocation, widgetOf, widgetSchemas } from './widget-schemas.ts';

let engine: Engine;
let validator: Validator;

beforeAll(async () => {
  engine = createEngine({ workers: 1, timeoutMs: 20_000, memoryBytes: 96 * 1_048_576 });
  validator = await createValidator({ engine, schemas: widgetSchemas, schemaLocations: [widgetLocation] });
});
afterAll(() => engine.close());

const head = 'apiVersion: v1\nkind: ConfigMap\n';
const doubled = Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join('\n');

const judged: { name: string; resource: ResourceInput; status: string; message: RegExp }[] = [
  { name: 'a YAML bomb', resource: `${head}a0: &a0 [x]\n${doubled}\n`, status: 'error', message: /excessive aliasing/ },
  {
    name: 'an alias to itself',
    resource: `${head}data: &a {x: *a}\n`,
    status: 'error',
    message: /anchor 'a' value contains itself/,
  },
  {
    name: 'YAML nested too deep',
    resource: `${head}data: {x: ${'['.repeat(50_000)}${']'.repeat(50_000)}}\n`,
    status: 'error',
    message: /exceeded max depth/,
  },
  { name: 'a key that YAML cannot have', resource: `${head}? {a: b}\n: c\n`, status: 'error', message: /./ },
  {
    name: 'bytes that are no UTF-8',
    resource: new Uint8Array([0xff, 0xfe, 0x00, 0xd8]),
    status: 'error',
    message: /./,
  },
  {
    name: 'a schema that is no JSON',
    resource: { apiVersion: 'example.dev/v1', kind: 'Broken' },
    status: 'error',
    message: /it is not JSON/,
  },
];

describe('hostile input', () => {
  it.each(judged)('$name is an error of its own', async ({ resource, status, message }) => {
    const results = await validator.validate([resource, widgetOf()]);
    expect(results[0]).toMatchObject({ status, message: expect.stringMatching(message) });
    expect(results.at(-1)?.status).toBe('valid');
  });

  it('takes __proto__ and constructor as plain keys', async () => {
    const object: object = JSON.parse(
      '{"apiVersion":"example.dev/v1","kind":"Widget","spec":{"size":1,"__proto__":{"a":1},"constructor":1}}',
    );
    const [result] = await validator.validate([object]);
    expect(result?.violations).toEqual([
      { path: '/spec', message: "additional properties '__proto__', 'constructor' not allowed" },
    ]);
    expect(await validator.validate([{ apiVersion: 'example.dev/v1', kind: '__proto__' }])).toMatchObject([
      { status: 'error', message: 'could not find schema for __proto__' },
    ]);
  });

  it('ends at the memory limit, and goes on with a fresh instance', async () => {
    const huge = { ...widgetOf(), spec: { size: 1, free: Array.from({ length: 2_000_000 }, () => ({})) } };
    await expect(validator.validate([huge])).rejects.toMatchObject({ name: 'EngineError', kind: 'memory' });
    expect((await validator.validate([widgetOf()]))[0]?.status).toBe('valid');
  });

  it('ends at the time limit, and goes on with a fresh instance', async () => {
    const hasty = createEngine({ timeoutMs: 2_000 });
    const impatient = await createValidator({
      engine: hasty,
      schemas: widgetSchemas,
      schemaLocations: [widgetLocation],
    });
    const wide = Array.from({ length: 1_500_000 }, (_, i) => ({ size: i }));
    await expect(impatient.validate([widgetOf({ children: wide })])).rejects.toMatchObject({ kind: 'timeout' });
    expect((await impatient.validate([widgetOf()]))[0]?.status).toBe('valid');
    await hasty.close();
  });

  it('refuses a document that is too large for a request', async () => {
    const text = Buffer.alloc(257 * 1_048_576, '#');
    await expect(validator.validate([text])).rejects.toMatchObject({ kind: 'size' });
    expect((await validator.validate([widgetOf()]))[0]?.status).toBe('valid');
  });

  it('does not grow over 10,000 requests', async () => {
    const { pool } = engine;
    const memory = async (): Promise<number> => pool.session(async (session) => session.memoryBytes());
    const round = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) await validator.validate([widgetOf({ size: i % 12 }, { name: `w-${i}` })]);
    };
    // Until garbage was collected a few times.
    await round(8_000);
    const before = await memory();
    await round(10_000);
    // The collector's own pacing moves it a little; 400 bytes kept a request would show.
    expect(await memory()).toBeLessThan(before + 4_000_000);
  });
});
