import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic, Span } from '@fluxwright/diagnostics';
import { type JsonObject, type JsonPath, valueAt } from '@fluxwright/documents';
import { buildFault } from '@fluxwright/flux';
import { idOf, objectKey } from '@fluxwright/kubernetes';
import { type Engines, makeOnce } from '../../engines/engines.ts';
import { digestParts } from '../../plan/task-digest.ts';
import type { RenderedObject } from '../rendered-object.ts';

/** A patch of a cluster for a component, with its line. */
export interface OverridePatch {
  readonly patch: JsonObject;
  readonly span: Span;
}

/** Objects after a patch. */
export interface Patched {
  readonly objects: readonly RenderedObject[];
  /** False where no object is another now. */
  readonly changed: boolean;
}

/**
 * Applies a patch to objects as Kustomize does, by its own code (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/).
 * What it changed comes from its line; order and names stay. Rejects with an EngineError where Kustomize refuses it.
 */
export async function patchObjects(
  objects: readonly RenderedObject[],
  { patch, span }: OverridePatch,
  engines: Engines,
): Promise<Patched> {
  if (objects.length === 0) return { objects, changed: false };
  const files = {
    'objects.yaml': objects.map(({ object }) => JSON.stringify(object)).join('\n---\n'),
    'kustomization.yaml': JSON.stringify({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: ['objects.yaml'],
      patches: [patch],
    }),
  };
  const built = await makeOnce(
    engines,
    digestParts(['patch', files['objects.yaml'], files['kustomization.yaml']]),
    async () => {
      const result = await engines.render.build({ files });
      return new Map(result.objects.map(({ object }) => [keyOf(object as JsonObject), object as JsonObject]));
    },
  );
  let changed = false;
  const patched = objects.map((each) => {
    const object = built.get(keyOf(each.object));
    if (object === undefined || isDeepStrictEqual(plain(object), plain(each.object))) return each;
    changed = true;
    return patchedObject(each, object, span);
  });
  return { objects: patched, changed };
}

/** What Kustomize says of a patch that it cannot apply. Anything but a fault of the patch is thrown on. */
export function patchFault(error: unknown, { span }: OverridePatch, cluster: string): Diagnostic {
  const fault = buildFault(error, () => ({ span }));
  const reason = fault.message.replace(/^kustomize cannot build [^:]*: /, '');
  return { ...fault, message: `kustomize cannot apply a patch of cluster "${cluster}": ${reason}`, cluster };
}

function patchedObject(before: RenderedObject, object: JsonObject, span: Span): RenderedObject {
  return {
    ...before,
    object,
    trace: (path: JsonPath, part) =>
      isDeepStrictEqual(plain(valueAt(object, path)), plain(valueAt(before.object, path)))
        ? before.trace(path, part)
        : { span, reads: [], inside: [] },
  };
}

/** Maps of the compiler have no prototype, those of the engine do. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function keyOf({ apiVersion, kind, metadata }: JsonObject): string {
  const { name, namespace } = metadata as JsonObject;
  return objectKey(
    idOf({
      apiVersion: String(apiVersion),
      kind: String(kind),
      name: String(name),
      ...(typeof namespace === 'string' && { namespace }),
    }),
  );
}
