import { maskSecrets } from '@fluxwright/diagnostics';
import type { JsonValue } from '@fluxwright/documents';
import type { ObjectId } from '@fluxwright/kubernetes';
import type { FieldChange } from './field-changes.ts';

/** What stands in the place of a Secret's data: a plan is read by more people than the cluster. */
export const hidden = '(hidden)';

/** True for an object whose data is nobody's to see. */
export function isSecret({ kind, group }: ObjectId): boolean {
  return kind === 'Secret' && group === '';
}

/** The change without secrets: all data of a Secret is hidden, and what looks like a token or key anywhere is masked. */
export function hideSecrets(id: ObjectId, change: FieldChange): FieldChange {
  const isData = isSecret(id) && /^(data|stringData)\b/.test(change.path);
  const cover = (value: JsonValue): JsonValue => (isData ? hidden : maskDeep(value));
  return {
    path: change.path,
    ...(change.before !== undefined && { before: cover(change.before) }),
    ...(change.after !== undefined && { after: cover(change.after) }),
  };
}

function maskDeep(value: JsonValue): JsonValue {
  if (typeof value === 'string') return maskSecrets(value);
  if (Array.isArray(value)) return value.map(maskDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, maskDeep(each)]));
}
