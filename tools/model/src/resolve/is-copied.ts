import { valueAt } from '@fluxwright/documents';
import type { ServiceRequest } from '../generated/component.ts';
import type { MergedValues } from './resolved-cluster.ts';

/** Whether a cluster and its peer both have what is asked for. Access to what another asked for is copied with that. */
export function isCopied({ protect, of }: ServiceRequest, settings: MergedValues): boolean {
  return (
    protect === 'replicate' && of === undefined && valueAt(settings.value, ['disasterRecovery', 'peer']) !== undefined
  );
}
