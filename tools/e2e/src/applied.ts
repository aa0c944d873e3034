import type { Api } from './api.ts';
import { keyOf, kustomizationsPath } from './fleet.ts';
import type { KubernetesObject } from './kubectl.ts';
import { resourcePaths } from './resource-paths.ts';

/** What each FluxKustomization of the cluster has applied: its key → `Kind namespace/name` → the object. */
export type Applied = ReadonlyMap<string, ReadonlyMap<string, AppliedObject>>;

export interface AppliedObject {
  /** In the API. */
  readonly path: string;
  /** What it says; absent where it is not there. */
  readonly text?: string;
}

/** Reads the inventories and every object in them. An object says all but what the server and its controllers add. */
export async function readApplied(api: Api): Promise<Applied> {
  const paths = resourcePaths(api);
  const { body } = await api.get(kustomizationsPath);
  const { items } = body as { readonly items: readonly KubernetesObject[] };
  const found = new Map<string, ReadonlyMap<string, AppliedObject>>();
  for (const each of items) {
    const own = new Map<string, AppliedObject>();
    for (const { id, v } of each.status?.inventory?.entries ?? []) {
      const [namespace = '', name = '', group = '', kind = ''] = id.split('_');
      const metadata = { name, ...(namespace !== '' && { namespace }) };
      const path = await paths.object({ apiVersion: group === '' ? v : `${group}/${v}`, kind, metadata });
      if (path === undefined) throw new Error(`the server does not know ${kind} of ${group}`);
      const { status, body } = await api.get(path);
      const title = `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
      own.set(title, { path, ...(status === 200 && { text: said(body as KubernetesObject) }) });
    }
    found.set(keyOf(each), own);
  }
  return found;
}

/** What a FluxKustomization did to the cluster between two readings; as the simulator's wakes. */
export interface ObservedWake {
  readonly key: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** Those that added, changed or removed something, by key. */
export function wakesBetween(before: Applied, after: Applied): readonly ObservedWake[] {
  return [...after].sort(byKey).flatMap(([key, now]) => {
    const old = before.get(key) ?? new Map<string, AppliedObject>();
    const added = [...now.keys()].filter((title) => !old.has(title)).sort();
    const removed = [...old.keys()].filter((title) => !now.has(title)).sort();
    const changed = [...now].flatMap(([title, { text }]) =>
      old.has(title) && old.get(title)?.text !== text ? [title] : [],
    );
    return added.length + removed.length + changed.length === 0
      ? []
      : [{ key, added, changed: changed.sort(), removed }];
  });
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function said({ status: _, metadata, ...rest }: KubernetesObject): string {
  const {
    name,
    namespace,
    labels,
    annotations = {},
  } = metadata as KubernetesObject['metadata'] & {
    readonly annotations?: Readonly<Record<string, string>>;
  };
  const own = Object.entries(annotations).filter(([key]) => !key.startsWith('reconcile.fluxcd.io/'));
  const all = { ...rest, metadata: { name, namespace, labels, annotations: Object.fromEntries(own) } };
  return JSON.stringify(all, (_key, value) => (typeof value === 'string' ? shortDuration(value) : value));
}

/** The stand-in for helm-controller writes a whole HelmRelease back, with durations as Go spells them: `1h0m0s` for `1h`. */
function shortDuration(text: string): string {
  return text.replace(/^((?:\d+[hms])+?)(?:0m)?(?:0s)?$/, '$1');
}
