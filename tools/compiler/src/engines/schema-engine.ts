import { hash } from 'node:crypto';
import type { JsonObject } from '@fluxwright/documents';
import { memo } from '@fluxwright/documents';
import {
  type Definition,
  definedSchemas,
  layeredSchemas,
  loadSchemas,
  type SchemaLookup,
  shareParts,
} from '@fluxwright/kubernetes-schemas';
import {
  createEngine,
  createValidator,
  type Engine,
  type ValidationResult,
  type Validator,
  type Violation,
} from 'kubeconform-wasm';
import { type Skeleton, skeletonOf } from './skeleton.ts';
import type { VerdictStore } from './verdict-store.ts';

/** kubeconform with the schemas of one Kubernetes minor, and those of the definitions that a cluster brings. */
export interface SchemaEngine {
  readonly schemas: SchemaLookup;
  /**
   * What each object breaks of its kind's schema, in the order given; undefined for a kind that has none. An object
   * that was judged before, in this cluster or another, is not judged again. Nothing starts while nothing is new.
   */
  judge(objects: readonly JsonObject[]): Promise<readonly (readonly Violation[] | undefined)[]>;
}

export interface SchemaEngines {
  /** Starts an instance in the background, for a run that is likely to need one. */
  warmUp(): void;
  /**
   * The engine for a cluster's Kubernetes. The schemas of `definitions` come before those of the set, which may be of another
   * release. Throws UnsupportedKubernetesVersion.
   */
  forKubernetes(version: string, definitions?: readonly Definition[]): SchemaEngine;
}

let engine: Engine | undefined;

/** One thread for the process, since its start and its memory are dear. Idle, it keeps no process alive. */
function start(): Engine {
  engine ??= createEngine({ workers: 1 });
  return engine;
}

/** Engines that share instances and verdicts. */
export function schemaEngines(verdicts: VerdictStore): SchemaEngines {
  const byMinor = new Map<string, SchemaEngine>();
  return {
    warmUp: () => {
      // What is wrong with it is told to whoever needs it.
      start()
        .pool.call({ op: 'hello' })
        .catch(() => undefined);
    },
    forKubernetes(version, definitions = []) {
      const schemas = loadSchemas({ kubernetesVersion: version });
      const known = byMinor.get(schemas.kubernetesVersion) ?? setEngine(schemas, verdicts);
      byMinor.set(schemas.kubernetesVersion, known);
      return definitions.length === 0 ? known : layeredEngine(definedEngine(definitions, schemas, verdicts), known);
    },
  };
}

/** Judges objects that no verdict is known of: by place in the list. */
type Judge = (objects: readonly JsonObject[]) => Promise<readonly ValidationResult[]>;

/** The validator stays, with all schemas that it has compiled. */
function setEngine(schemas: SchemaLookup, verdicts: VerdictStore): SchemaEngine {
  let validator: Promise<Validator> | undefined;
  const judge: Judge = async (objects) => {
    validator ??= openValidator(schemas, { engine: start(), kinds: schemas.listKinds(), trustSchemas: true });
    const results = await (await validator).validate(objects);
    for (const { status, kind, message } of results) {
      if (status === 'error') throw new Error(`kubeconform cannot judge ${kind}: ${message}`);
    }
    return results;
  };
  return schemaEngine(schemas, verdicts, judge);
}

/** What the definitions of charts say is seldom asked twice: the engine forgets it again. */
function definedEngine(definitions: readonly Definition[], base: SchemaLookup, verdicts: VerdictStore): SchemaEngine {
  const schemas = definedSchemas(definitions, base);
  const judge: Judge = async (objects) => {
    const kinds = objects.map(({ apiVersion, kind }) => ({ apiVersion: String(apiVersion), kind: String(kind) }));
    const validator = await openValidator(schemas, { engine: start(), kinds, trustSchemas: false });
    try {
      const results = await validator.validate(objects);
      return results.map((each) =>
        each.status === 'error'
          ? { ...each, violations: [{ path: '', message: `${unusable}: ${each.message}` }] }
          : each,
      );
    } finally {
      await validator.release();
    }
  };
  return schemaEngine(schemas, verdicts, judge);
}

/** How the violation begins that stands for all where a definition has a schema that no validator takes. */
export const unusable = 'the schema of its definition cannot be used';

function layeredEngine(first: SchemaEngine, second: SchemaEngine): SchemaEngine {
  return {
    schemas: layeredSchemas(first.schemas, second.schemas),
    async judge(objects) {
      const isFirst = objects.map(
        ({ apiVersion, kind }) => first.schemas.describe(String(apiVersion), String(kind)) !== undefined,
      );
      const [own, others] = await Promise.all([
        first.judge(objects.filter((_, index) => isFirst[index])),
        second.judge(objects.filter((_, index) => !isFirst[index])),
      ]);
      const [mine, theirs] = [own.values(), others.values()];
      return isFirst.map((is) => (is ? mine : theirs).next().value as readonly Violation[] | undefined);
    },
  };
}

function schemaEngine(schemas: SchemaLookup, verdicts: VerdictStore, judgeFresh: Judge): SchemaEngine {
  const kinds = new Map<string, Kind | undefined>();
  const kindOf = ({ apiVersion, kind }: JsonObject): Kind | undefined => {
    const key = `${apiVersion}/${kind}`;
    if (!kinds.has(key)) kinds.set(key, findKind(schemas, String(apiVersion), String(kind)));
    return kinds.get(key);
  };
  const keyOf = memo((object: JsonObject): string | undefined => {
    const kind = kindOf(object);
    return kind && hash('sha256', `schema ${kind.digest} ${JSON.stringify(kind.skeleton(object))}`, 'hex');
  });
  return {
    schemas,
    async judge(objects) {
      const keys = objects.map(keyOf);
      const judged = new Map<string, readonly Violation[]>();
      const fresh = new Map<string, JsonObject>();
      for (const [index, key] of keys.entries()) {
        if (key === undefined || judged.has(key) || fresh.has(key)) continue;
        const known = verdicts.get<readonly Violation[]>(key);
        if (known === undefined) fresh.set(key, objects[index] as JsonObject);
        else judged.set(key, known);
      }
      if (fresh.size > 0) {
        const results = await judgeFresh([...fresh.values()]);
        const found = [...fresh.keys()];
        for (const result of results) {
          const key = found[result.input] as string;
          judged.set(key, result.violations);
          verdicts.set(key, result.violations);
        }
      }
      return keys.map((key) => (key === undefined ? undefined : judged.get(key)));
    },
  };
}

interface Kind {
  /** Of its schema. */
  readonly digest: string;
  readonly skeleton: Skeleton;
}

function findKind(schemas: SchemaLookup, apiVersion: string, kind: string): Kind | undefined {
  const described = schemas.describe(apiVersion, kind);
  const schema = schemas.schema(apiVersion, kind);
  return described && schema && { digest: described.digest, skeleton: skeletonOf(schema) };
}

interface ValidatorInput {
  readonly engine: Engine;
  readonly kinds: readonly { readonly apiVersion: string; readonly kind: string }[];
  /** False holds each schema against its metaschema first; those of the set are held by its tests. */
  readonly trustSchemas: boolean;
}

/** kubeconform takes the first part of an apiVersion for its group, and asks for kinds in lower case. */
function openValidator(schemas: SchemaLookup, { engine, kinds, trustSchemas }: ValidatorInput): Promise<Validator> {
  const byPath = new Map(
    kinds.map(({ apiVersion, kind }) => {
      const parts = apiVersion.split('/');
      return [`${parts[0]}/${parts.at(-1)}/${kind.toLowerCase()}.json`, { apiVersion, kind }];
    }),
  );
  return createValidator({
    engine,
    kubernetesVersion: `${schemas.kubernetesVersion}.0`,
    strict: true,
    trustSchemas,
    schemaLocations: ['{{ .Group }}/{{ .ResourceAPIVersion }}/{{ .ResourceKind }}.json'],
    schemas: (path) => {
      const found = byPath.get(path);
      const schema = found && schemas.schema(found.apiVersion, found.kind);
      // What is wrong with a schema is told by its place in it.
      const made = schema && trustSchemas ? shareParts(schema) : schema;
      return made && new TextEncoder().encode(JSON.stringify(made));
    },
  });
}
