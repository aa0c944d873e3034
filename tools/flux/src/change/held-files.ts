import { isObject, type JsonObject, yamlText } from '@fluxwright/documents';
import { canonicalOrder } from '@fluxwright/kubernetes';
import type { FluxTree } from '../tree/flux-tree.ts';
import type { Change, ChangePlan } from './change.ts';

/**
 * The files of the first commit of a migration that differ from the old tree's, by path: marks on what the change would lose.
 * Flux no longer prunes a marked object, and no longer uninstalls a suspended release; so once they are applied the new tree
 * is harmless. Empty where nothing needs a mark. The object must stand alone in its file.
 */
export function heldFiles(before: FluxTree, { changes }: ChangePlan): ReadonlyMap<string, string> {
  const held = changes.filter(({ hold, acknowledged }) => hold !== undefined && !acknowledged);
  const texts = new Map<string, string>();
  for (const change of held) {
    const { path } = change.object;
    texts.set(path, heldText(change, texts.get(path) ?? before.files.get(path) ?? ''));
  }
  return texts;
}

/** The header of the file stays: it says where the object came from. */
function heldText({ object, hold }: Change, text: string): string {
  const header = /^(#[^\n]*\n)*/.exec(text)?.[0] ?? '';
  const marked = hold === 'suspend' ? suspended(object.object) : unpruned(object.object);
  return header + yamlText(canonicalOrder(marked));
}

function suspended(object: JsonObject): JsonObject {
  return { ...object, spec: { ...(isObject(object.spec) ? object.spec : {}), suspend: true } };
}

function unpruned(object: JsonObject): JsonObject {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const annotations = isObject(metadata.annotations) ? metadata.annotations : {};
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...annotations, 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } },
  };
}
