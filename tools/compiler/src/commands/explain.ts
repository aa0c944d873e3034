import { type Diagnostic, diagnostic, didYouMean } from '@fluxwright/diagnostics';
import { formatPath, isObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { schemaAt, keysOf as schemaKeys } from '@fluxwright/kubernetes';
import type { SchemaLookup } from '@fluxwright/kubernetes-schemas';
import { parsePath } from '../assemble/value-path.ts';
import type { Resource } from '../data/rendered-cluster.ts';
import { explainObject } from '../explain/explain-object.ts';
import type { Explanation } from '../explain/explanation.ts';
import { findObject } from '../explain/find-object.ts';
import { openLine } from '../line/open-line.ts';
import { runOne } from '../line/run-one.ts';
import { schemasFor } from '../validate/schemas-for.ts';

export interface ExplainOptions {
  /** The workspace. */
  readonly root: string;
  readonly cluster: string;
  /** `Kind/name`, `Kind/namespace/name`, or the path of its file in the cluster's tree. */
  readonly object: string;
  /** Folder of packaged charts, from `root`; `charts` by default. */
  readonly charts?: string;
  /** A value of it: `spec.values.replicas`, `metadata.labels["a/b"]`, `spec.ports[0]`; the whole object by default. */
  readonly path?: string;
}

export interface ExplainResult {
  /** Absent where the cluster does not compile, or has no such object or path. */
  readonly explanation?: Explanation;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, for printers. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Says from which files and lines an object of a cluster, or one value of it, came. Compiles the cluster in memory as far
 * as render; findings of that come along, and are the answer where it fails.
 */
export async function explain({ root, cluster, object, path, charts }: ExplainOptions): Promise<ExplainResult> {
  using line = openLine({ root, clusters: [cluster], charts });
  const { rendered, diagnostics: found, sources } = await runOne(line, 'order');
  if (rendered === undefined) return { diagnostics: found, sources };
  const resource = findObject(rendered, object);
  if ('severity' in resource) return { diagnostics: [...found, resource], sources };
  const { schemas } = schemasFor(rendered, line.engines);
  const steps = path === undefined ? undefined : stepsOf(resource, path, schemas);
  if (steps !== undefined && 'severity' in steps) return { diagnostics: [...found, steps], sources };
  const explanation = { ...explainObject(rendered, resource, steps), ...schemaOf(resource, schemas) };
  return { explanation, diagnostics: found, sources };
}

function schemaOf({ apiVersion, kind }: Resource, schemas: SchemaLookup): Pick<Explanation, 'schema'> {
  const source = schemas.describe(apiVersion, kind)?.source;
  if (source === undefined) return {};
  if (source.module === 'k8s.io/kubernetes') return { schema: `Kubernetes ${schemas.kubernetesVersion}` };
  return { schema: `${source.module} ${source.release ?? source.version}`.trim() };
}

/** Where the object has no such value, those are named that it has, or could have by its schema. */
function stepsOf(resource: Resource, text: string, schemas: SchemaLookup): JsonPath | Diagnostic {
  const path = parsePath(text);
  if (path !== undefined && valueAt(resource.object, path) !== undefined) return path;
  const known = (path ?? []).findIndex(
    (_, index) => valueAt(resource.object, (path ?? []).slice(0, index + 1)) === undefined,
  );
  const parent = (path ?? []).slice(0, Math.max(known, 0));
  const pathsOf = (keys: readonly (string | number)[]) => keys.map((key) => formatPath([...parent, key]));
  const keys = pathsOf(keysOf(valueAt(resource.object, parent)));
  const root = schemas.schema(resource.apiVersion, resource.kind);
  const allowed = root === undefined ? [] : pathsOf([...schemaKeys(schemaAt(root, parent))].sort());
  const asked = text.replace(/^\./, '');
  const isUnset = allowed.some(
    (each) => asked === each || (/^[.[]/.test(asked.slice(each.length)) && asked.startsWith(each)),
  );
  const help = isUnset
    ? `it is not set; ${there(keys) ?? 'there is nothing beside it'}`
    : (didYouMean(asked, [...new Set([...keys, ...allowed])]) ?? there(keys) ?? there(allowed, 'there could be'));
  return diagnostic('cli/unknown-path', {
    message: `${resource.kind} ${resource.name} has no value at ${text}`,
    ...(help !== undefined && { help }),
  });
}

const mostNamed = 8;

function there(paths: readonly string[], words = 'there is'): string | undefined {
  return paths.length > 0 ? `${words} ${paths.slice(0, mostNamed).join(', ')}` : undefined;
}

function keysOf(value: JsonValue | undefined): (string | number)[] {
  if (Array.isArray(value)) return value.map((_, index) => index);
  return isObject(value) ? Object.keys(value) : [];
}
