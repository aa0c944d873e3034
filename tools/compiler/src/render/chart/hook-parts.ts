import { isObject, type JsonObject, type JsonValue } from '@fluxwright/documents';
import type { RenderedObject } from '../rendered-object.ts';
import type { HookObject } from './template-release.ts';

/** What becomes of the hooks of a rendered chart (docs/decisions/0010). */
export interface HookParts {
  readonly before: readonly RenderedObject[];
  readonly after: readonly RenderedObject[];
  /** Never run: hooks of events that Flux does not have. Tests are not among them, nobody misses those. */
  readonly dropped: readonly HookObject[];
}

/** Sorts hooks by the event they wait for: an install; every other has no counterpart in Flux. */
export function hookParts(hooks: readonly HookObject[]): HookParts {
  const of = (event: string) => hooks.filter(({ hook }) => hook.events.some((each) => each === event));
  const before = of('pre-install');
  const after = of('post-install').filter((each) => !before.includes(each));
  const dropped = hooks
    .filter((each) => !before.includes(each) && !after.includes(each))
    .filter(({ hook }) => hook.events.some((event) => event !== 'test'));
  return { before: distinct(before).map(kept), after: distinct(after).map(kept), dropped };
}

/** Hooks of one name replace each other in Helm, which runs them one by one; in a folder the last one counts. */
function distinct(hooks: readonly HookObject[]): readonly HookObject[] {
  const byName = new Map(
    hooks.map((each) => {
      const { apiVersion, kind, metadata } = each.rendered.object;
      const { name, namespace } = metadata as JsonObject;
      return [`${apiVersion} ${kind} ${namespace} ${name}`, each];
    }),
  );
  return [...byName.values()];
}

/**
 * A Job that changes is made anew, since most of its fields cannot change, and it runs again. Without its time to live:
 * when that is over Flux would find the Job gone and run it again within the hour.
 */
function kept({ rendered }: HookObject): RenderedObject {
  const { object } = rendered;
  const metadata = object.metadata as JsonObject;
  const isJob = object.kind === 'Job';
  const annotations = {
    ...withoutHelm(metadata.annotations),
    ...(isJob ? { 'kustomize.toolkit.fluxcd.io/force': 'enabled' } : {}),
  };
  const { annotations: _, ...rest } = metadata;
  const spec = isJob && isObject(object.spec) ? withoutKey(object.spec, 'ttlSecondsAfterFinished') : object.spec;
  return {
    ...rendered,
    object: {
      ...object,
      metadata: { ...rest, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
      ...(spec === undefined ? {} : { spec }),
    },
  };
}

function withoutHelm(annotations: JsonValue | undefined): JsonObject {
  if (!isObject(annotations)) return {};
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !key.startsWith('helm.sh/hook')));
}

function withoutKey(map: JsonObject, key: string): JsonObject {
  const { [key]: _, ...rest } = map;
  return rest;
}
