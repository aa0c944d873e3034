import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadSchemas } from '@fluxwright/kubernetes-schemas';
import { createEngine, createValidator, type Engine, type Validator } from 'kubeconform-wasm';
import { hasNative, nativeKubeconform } from 'kubeconform-wasm/comparison';
import { stringify } from 'yaml';
import { type Timing, timed } from './engines-timing.ts';
import { workloadObjects } from './workload-objects.ts';

/** What validating costs; times are milliseconds. */
export interface KubeconformMeasurement {
  readonly objects: number;
  /** From nothing to the first verdict: unpack, compile, start, read and compile one schema. */
  readonly coldStart: Timing;
  /** All objects, in an engine that has seen them before. */
  readonly warmObjects: Timing;
  /** The same as YAML text. */
  readonly warmTexts: Timing;
  readonly warmObjectsTwoWorkers: Timing;
  readonly warmTextsTwoWorkers: Timing;
  /** The command on one core over the same text as one file, its start included; absent without Go. */
  readonly native?: Timing;
  /** Bytes of the guest's memory after 1,000 requests of one object, and after 10,000 more. */
  readonly memoryBefore: number;
  readonly memoryAfter: number;
}

const kubernetesVersion = '1.36.0';
const location = '{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json';
const runs = 15;

/** Measures kubeconform in WebAssembly beside the command. */
export async function measureKubeconform(count: number): Promise<KubeconformMeasurement> {
  const objects = workloadObjects(count);
  const texts = objects.map((object) => stringify(object));
  const schemas = schemasOf(objects);
  const coldStart = await timed(5, async () => {
    const engine = createEngine({ workers: 1 });
    await (await validatorOn(engine, schemas)).validate(objects.slice(0, 1));
    await engine.close();
  });

  const engine = createEngine({ workers: 1 });
  const validator = await validatorOn(engine, schemas);
  const warmObjects = await timed(runs, () => validateAll(validator, objects), 3);
  const warmTexts = await timed(runs, () => validateAll(validator, texts), 3);
  const memory = await memoryOver(engine, validator, objects);
  await engine.close();

  const pair = createEngine({ workers: 2 });
  const pairValidator = await validatorOn(pair, schemas);
  const warmObjectsTwoWorkers = await timed(runs, () => validateAll(pairValidator, objects), 3);
  const warmTextsTwoWorkers = await timed(runs, () => validateAll(pairValidator, texts), 3);
  await pair.close();

  const native = hasNative() ? { native: await runNative(await nativeKubeconform(), texts, schemas) } : {};
  const warm = { warmObjects, warmTexts, warmObjectsTwoWorkers, warmTextsTwoWorkers };
  return { objects: count, coldStart, ...warm, ...native, ...memory };
}

function schemasOf(objects: readonly { apiVersion: string; kind: string }[]): Map<string, object> {
  const lookup = loadSchemas({ kubernetesVersion });
  const schemas = new Map<string, object>();
  for (const { apiVersion, kind } of objects) {
    const [group = '', version = group] = apiVersion.split('/');
    const path = `${group}/${kind.toLowerCase()}_${version}.json`;
    if (!schemas.has(path)) schemas.set(path, lookup.schema(apiVersion, kind) as object);
  }
  return schemas;
}

function validatorOn(engine: Engine, schemas: ReadonlyMap<string, object>): Promise<Validator> {
  return createValidator({ engine, schemas, schemaLocations: [location], kubernetesVersion, strict: true });
}

async function validateAll(validator: Validator, resources: readonly (object | string)[]): Promise<void> {
  const results = await validator.validate(resources);
  const wrong = results.find((result) => result.status !== 'valid');
  if (wrong !== undefined) throw new Error(`${wrong.kind} ${wrong.name}: ${wrong.message}`);
}

async function memoryOver(
  engine: Engine,
  validator: Validator,
  objects: readonly object[],
): Promise<{ memoryBefore: number; memoryAfter: number }> {
  const { pool } = engine;
  const ask = async (count: number): Promise<number> => {
    for (let i = 0; i < count; i++)
      await validator.validate(objects.slice(i % objects.length, (i % objects.length) + 1));
    return pool.session(async (session) => session.memoryBytes());
  };
  return { memoryBefore: await ask(1_000), memoryAfter: await ask(10_000) };
}

async function runNative(
  command: string,
  texts: readonly string[],
  schemas: ReadonlyMap<string, object>,
): Promise<Timing> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-kubeconform-'));
  try {
    for (const [path, schema] of schemas) {
      await mkdir(join(folder, 'schemas', dirname(path)), { recursive: true });
      await writeFile(join(folder, 'schemas', path), JSON.stringify(schema));
    }
    const file = join(folder, 'objects.yaml');
    await writeFile(file, texts.join('\n---\n'));
    const flags = ['-strict', '-n', '1', '-kubernetes-version', kubernetesVersion];
    const args = [...flags, '-schema-location', join(folder, 'schemas', location), file];
    const options = { env: { ...process.env, GOMAXPROCS: '1' } };
    return await timed(runs, async () => execFileSync(command, args, options), 1);
  } finally {
    await rm(folder, { recursive: true });
  }
}
