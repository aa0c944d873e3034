import { byKey } from '@fluxwright/documents';
import { providedCapabilities } from '../load/requirements.ts';
import { capabilityTitle } from '../load/services.ts';
import { type ComponentMembers, type Resolution, report } from './resolution.ts';
import type { StageId } from './resolved-cluster.ts';
import { stagesOf } from './stages-of.ts';

/** capability → the stage that gives it, sorted by name. Two components that give one capability are an error. */
export function provideCapabilities(resolution: Resolution, members: ComponentMembers): ReadonlyMap<string, StageId> {
  const providers = new Map<string, StageId>();
  for (const [component, { item }] of members) {
    for (const { name, stage, path } of providedCapabilities(item)) {
      const first = providers.get(name);
      if (first === undefined) {
        providers.set(name, { component, stage: stagesOf(item).includes(stage) ? stage : 'install' });
        continue;
      }
      const other = members.get(first.component)?.item;
      const otherPath = other && providedCapabilities(other).find((each) => each.name === name)?.path;
      report(resolution, 'resolve/duplicate-capability', {
        message: `components "${first.component}" and "${component}" both provide ${capabilityTitle(name)}`,
        primary: item.manifest.locate(path),
        note: 'the second',
        labels: other && otherPath ? [{ span: other.manifest.locate(otherPath), message: 'the first' }] : [],
        help: `a cluster has one of them: cluster "${resolution.cluster.name}" has both`,
      });
    }
  }
  return new Map([...providers].sort(byKey));
}
