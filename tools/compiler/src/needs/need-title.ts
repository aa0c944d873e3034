import { listWords } from '@fluxwright/diagnostics';
import type { ObjectId } from '@fluxwright/kubernetes';
import { objectTitle } from '@fluxwright/kubernetes';
import { definition } from './definition.ts';
import type { Need } from './need.ts';

/** What is needed, as messages name it: `the CRD x.example.com`, `the key "a" of Secret shop/b`. */
export function thingTitle(id: ObjectId, keys: readonly string[] = []): string {
  if (id.kind === definition.kind) return `the CRD ${id.name}`;
  if (id.kind === 'admission webhook') return `the admission webhook of component "${id.name}"`;
  if (keys.length === 0) return objectTitle(id);
  const words = id.kind === 'Service' ? ['port', 'ports'] : ['key', 'keys'];
  const quoted = keys.map((key) => `"${key}"`);
  return `the ${words[keys.length === 1 ? 0 : 1]} ${listWords(quoted, 'and')} of ${objectTitle(id)}`;
}

/** Who needs it: an object, or the component whose manifest says so. */
export function needyTitle({ resource, stage }: Need): string {
  return resource === undefined ? `component "${stage.component}"` : objectTitle(resource);
}
