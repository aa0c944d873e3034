import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadSchemas } from '@fluxwright/kubernetes-schemas';
import { createEngine, createValidator, type Engine, type Validator } from 'kubeconform-wasm';
import { workloadObjects } from './workload-objects.ts';

/** What validating costs; times are milliseconds, the least of several runs. */
export interface KubeconformMeasurement {
  readonly objects: number;
  /** From nothing to the first verdict: unpack, compile, start, read and compile one schema. */
  readonly coldStart: number;
  /** All objects, in an engine that has seen them before. */
  readonly warmObjects: number;
  readonly warmTexts: number;
  readonly warmObjectsTwoWorkers: number;
  /** Processor time of `warmObjects`, which other work on the machine does not stretch as much. */
  readonly warmObjectsProcessor: number;
  /** The command on one core over the same objects as one YAML file, its start included; absent without the command. */
  readonly native?: number;
  /** Bytes of the guest's memory after 1,000 requests of one object, and after 10,000 more. */
  readonly memoryBefore: number;
  readonly memoryAfter: number;
}

const kubernetesVersion = '1.36.0';
const location = '{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json';
const runs = 7;

/** Measures kubeconform in WebAssembly beside the command, which is looked for in `native` (a folder). */
export async function measureKubeconform(count: number, native: string | undefined): Promise<KubeconformMeasurement> {
  const objects = workloadObjects(count);
  const schemas = schemasOf(objects);
  const begin = performance.now();
  const engine = createEngine({ workers: 1 });
  const validator = await validatorOn(engine, schemas);
  await validator.validate(objects.slice(0, 1));
  const coldStart = performance.now() - begin;

  const texts = objects.map((object) => JSON.stringify(object));
  const objectRun = await least(() => validateAll(validator, objects));
  const textRun = await least(() => validateAll(validator, texts));
  const memory = await memoryOver(engine, validator, objects);
  await engine.close();

  const pair = createEngine({ workers: 2 });
  const pairValidator = await validatorOn(pair, schemas);
  const pairRun = await least(() => validateAll(pairValidator, objects));
  await pair.close();

  const command = native === undefined ? undefined : join(native, 'kubeconform');
  const nativeRun = command !== undefined && existsSync(command) ? await runNative(command, texts, schemas) : undefined;
  return {
    objects: count,
    coldStart,
    warmObjects: objectRun.wall,
    warmTexts: textRun.wall,
    warmObjectsTwoWorkers: pairRun.wall,
    warmObjectsProcessor: objectRun.processor,
    ...(nativeRun === undefined ? {} : { native: nativeRun }),
    ...memory,
  };
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

async function least(work: () => Promise<void>): Promise<{ wall: number; processor: number }> {
  let wall = Number.POSITIVE_INFINITY;
  let processor = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const used = process.cpuUsage();
    const begin = performance.now();
    await work();
    wall = Math.min(wall, performance.now() - begin);
    const { user, system } = process.cpuUsage(used);
    processor = Math.min(processor, (user + system) / 1000);
  }
  return { wall, processor };
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
): Promise<number> {
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
    return (await least(async () => void execFileSync(command, args, options))).wall;
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (import.meta.main) console.log(await measureKubeconform(1_000, process.argv[2]));
