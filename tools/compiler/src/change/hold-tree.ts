import type { JsonObject } from '@fluxwright/documents';
import { byPath, isObject } from '@fluxwright/documents';
import { canonicalOrder } from '../assemble/canonical-order.ts';
import { recordFile, recordPath } from '../assemble/file-record.ts';
import { yamlText } from '../assemble/yaml-text.ts';
import type { OutputTree } from '../data/output-tree.ts';
import type { FluxTree } from '../tree/flux-tree.ts';
import type { Change, ChangePlan } from './change.ts';

/**
 * The tree of the first commit of a migration: the old tree with marks on what the change would lose. Flux no longer
 * prunes a marked object, and no longer uninstalls a suspended release; so once this tree is applied the new one is
 * harmless. Undefined where nothing needs a mark. The object must stand alone in its file, as every file we write does.
 */
export function holdTree(before: FluxTree, { changes }: ChangePlan): OutputTree | undefined {
  const held = changes.filter(({ hold, acknowledged }) => hold !== undefined && !acknowledged);
  const { record } = before;
  if (held.length === 0 || record === undefined) return undefined;
  const texts = new Map(before.files);
  for (const change of held) texts.set(change.object.path, heldText(change, texts.get(change.object.path) ?? ''));
  texts.delete(recordPath);
  const files = [...texts].map(([path, text]) => ({ path, text })).sort(byPath);
  return { cluster: before.cluster, files: [...files, recordFile(files, record)].sort(byPath) };
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
