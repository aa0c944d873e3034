import type { Diagnostic } from '@fluxwright/diagnostics';
import type { Engines } from '../../engines/engines.ts';
import type { TemplatedRelease } from '../chart/template-release.ts';
import type { TaskFinding } from '../rendered-object.ts';
import { idlePatch } from './override-patches.ts';
import { type OverridePatch, patchFault, patchObjects } from './patch-objects.ts';

/**
 * What helm-controller's post-renderer makes of a release's objects: definitions and hooks are not given to it. A patch that
 * is for none of them is a finding.
 */
export async function postRender(
  templated: TemplatedRelease,
  patches: readonly OverridePatch[],
  { component, cluster, engines }: { readonly component: string; readonly cluster: string; readonly engines: Engines },
): Promise<TemplatedRelease> {
  let { objects } = templated;
  const found: Diagnostic[] = [];
  for (const patch of patches) {
    try {
      const one = await patchObjects(objects, patch, engines);
      objects = one.objects;
      if (!one.changed && templated.findings.length === 0) found.push(idlePatch(patch, component, cluster));
    } catch (error) {
      found.push(patchFault(error, patch, cluster));
    }
  }
  const findings: readonly TaskFinding[] = found.map((each) => ({ diagnostic: each, reads: [] }));
  return patches.length === 0 ? templated : { ...templated, objects, findings: [...templated.findings, ...findings] };
}
