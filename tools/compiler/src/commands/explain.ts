import { type Diagnostic, diagnostic, didYouMean } from '@fluxwright/diagnostics';
import { formatPath, isObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { parsePath } from '../assemble/value-path.ts';
import type { Resource } from '../data/rendered-cluster.ts';
import { explainObject } from '../explain/explain-object.ts';
import type { Explanation } from '../explain/explanation.ts';
import { findObject } from '../explain/find-object.ts';
import { openLine } from '../line/open-line.ts';
import { runOne } from '../line/run-one.ts';

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
  const steps = path === undefined ? undefined : stepsOf(resource, path);
  if (steps !== undefined && 'severity' in steps) return { diagnostics: [...found, steps], sources };
  return { explanation: explainObject(rendered, resource, steps), diagnostics: found, sources };
}

function stepsOf(resource: Resource, text: string): JsonPath | Diagnostic {
  const path = parsePath(text);
  if (path !== undefined && valueAt(resource.object, path) !== undefined) return path;
  const known = (path ?? []).findIndex(
    (_, index) => valueAt(resource.object, (path ?? []).slice(0, index + 1)) === undefined,
  );
  const parent = (path ?? []).slice(0, Math.max(known, 0));
  const keys = keysOf(valueAt(resource.object, parent)).map((key) => formatPath([...parent, key]));
  const help =
    didYouMean(text.replace(/^\./, ''), keys) ??
    (keys.length > 0 ? `there is ${keys.slice(0, 8).join(', ')}` : undefined);
  return diagnostic('cli/unknown-path', {
    message: `${resource.kind} ${resource.name} has no value at ${text}`,
    ...(help !== undefined && { help }),
  });
}

function keysOf(value: JsonValue | undefined): (string | number)[] {
  if (Array.isArray(value)) return value.map((_, index) => index);
  return isObject(value) ? Object.keys(value) : [];
}
