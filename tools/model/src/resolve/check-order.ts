import { didYouMean } from '@fluxwright/diagnostics';
import { type ComponentMembers, type Resolution, report } from './resolution.ts';

/**
 * Reports names in `after` that are no component of the workspace. A component that exists and is not in the cluster is
 * what `after` is for. A warning only: a component from a package may name one that this workspace does not install.
 */
export function checkOrder(resolution: Resolution, members: ComponentMembers): void {
  const { components, broken } = resolution.workspace;
  for (const { item } of members.values()) {
    for (const [index, name] of (item.spec.after ?? []).entries()) {
      if (components.has(name) || broken.has(`components/${name}`)) continue;
      report(resolution, 'resolve/unknown-predecessor', {
        message: `component "${item.name}" comes after the component "${name}", which does not exist`,
        primary: item.manifest.locate(['spec', 'after', index]),
        note: `no folder components/${name}`,
        help: didYouMean(name, [...components.keys()]) ?? 'remove it: it orders nothing',
      });
    }
  }
}
