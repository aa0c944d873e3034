import { hash } from 'node:crypto';
import { loadSchemas, type SchemaLookup } from '@fluxwright/kubernetes-schemas';
import type { JsonObject } from '@fluxwright/model';
import { createEngine, createValidator, type Engine, type Validator, type Violation } from 'kubeconform-wasm';
import { type Skeleton, skeletonOf } from './skeleton.ts';
import type { VerdictStore } from './verdict-store.ts';

/** kubeconform with the schemas of one Kubernetes minor. */
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
  /** The engine for a cluster's Kubernetes. Throws UnsupportedKubernetesVersion. */
  forKubernetes(version: string): SchemaEngine;
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
    forKubernetes(version) {
      const schemas = loadSchemas({ kubernetesVersion: version });
      const known = byMinor.get(schemas.kubernetesVersion);
      if (known !== undefined) return known;
      const made = schemaEngine(schemas, verdicts);
      byMinor.set(schemas.kubernetesVersion, made);
      return made;
    },
  };
}

function schemaEngine(schemas: SchemaLookup, verdicts: VerdictStore): SchemaEngine {
  let validator: Promise<Validator> | undefined;
  const kinds = new Map<string, Kind | undefined>();
  const known = new WeakMap<JsonObject, string>();
  const kindOf = ({ apiVersion, kind }: JsonObject): Kind | undefined => {
    const key = `${apiVersion}/${kind}`;
    if (!kinds.has(key)) kinds.set(key, findKind(schemas, String(apiVersion), String(kind)));
    return kinds.get(key);
  };
  const keyOf = (object: JsonObject): string | undefined => {
    const kind = kindOf(object);
    if (kind === undefined) return undefined;
    let key = known.get(object);
    if (key === undefined) {
      key = hash('sha256', `schema ${kind.digest} ${JSON.stringify(kind.skeleton(object))}`, 'hex');
      known.set(object, key);
    }
    return key;
  };
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
        validator ??= openValidator(schemas, start());
        const results = await (await validator).validate(fresh.values());
        const found = [...fresh.keys()];
        for (const result of results) {
          if (result.status === 'error') throw new Error(`kubeconform cannot judge ${result.kind}: ${result.message}`);
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

/** kubeconform takes the first part of an apiVersion for its group, and asks for kinds in lower case. */
function openValidator(schemas: SchemaLookup, engine: Engine): Promise<Validator> {
  const kinds = new Map(
    schemas.listKinds().map(({ apiVersion, kind }) => {
      const parts = apiVersion.split('/');
      return [`${parts[0]}/${parts.at(-1)}/${kind.toLowerCase()}.json`, { apiVersion, kind }];
    }),
  );
  return createValidator({
    engine,
    kubernetesVersion: `${schemas.kubernetesVersion}.0`,
    strict: true,
    // Tests of the schema set hold each against its metaschema.
    trustSchemas: true,
    schemaLocations: ['{{ .Group }}/{{ .ResourceAPIVersion }}/{{ .ResourceKind }}.json'],
    schemas: (path) => {
      const found = kinds.get(path);
      return found && schemas.schemaBytes(found.apiVersion, found.kind);
    },
  });
}
