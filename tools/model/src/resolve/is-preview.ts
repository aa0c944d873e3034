import { valueAt } from '@fluxwright/documents';
import type { MergedValues } from './resolved-cluster.ts';

/** Whether a cluster may have what the catalogue lists as coming (`spec.preview`). */
export function isPreview({ value }: MergedValues): boolean {
  return valueAt(value, ['preview']) === true;
}
