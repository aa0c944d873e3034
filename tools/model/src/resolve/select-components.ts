import { byKey } from '@fluxwright/documents';
import type { Component } from '../load/workspace.ts';
import { admitComponent, type Wish } from './admit-component.ts';
import { unmetChoice } from './check-choices.ts';
import { closeCapabilities } from './close-capabilities.ts';
import type { ComponentMembers, Member, ProductMembers, Resolution } from './resolution.ts';
import { namesAt } from './select-products.ts';
import { capabilitiesOf, isReplaced } from './stand-ins.ts';

/**
 * The cluster's components: those of its products that its choices allow and for which it names no other (docs/decisions/0066),
 * those it names, and what all of them require, capabilities included. Sorted by name.
 */
export function selectComponents(resolution: Resolution, products: ProductMembers): ComponentMembers {
  const members = new Map<string, Member<Component>>();
  const named = clusterWishes(resolution);
  const replaced = replacedBy(resolution, new Set(named.map(({ name }) => name)));
  for (const wish of [...productWishes(products).filter(({ name }) => !replaced(name)), ...named])
    admitComponent(resolution, members, wish);
  closeCapabilities(resolution, members);
  return new Map([...members].sort(byKey));
}

function productWishes(products: ProductMembers): readonly Wish[] {
  return [...products.values()].flatMap(({ item: product }) =>
    (product.spec.components ?? []).flatMap((each, index) => {
      const at = ['spec', 'components', index];
      const own = {
        name: each.name,
        optional: true,
        reason: {
          text: `product "${product.name}" has the component "${each.name}"`,
          span: product.manifest.locate([...at, 'name']),
        },
      };
      const needed = (each.dependsOn ?? []).map((name, position) => ({
        name,
        optional: true,
        reason: {
          text: `product "${product.name}" puts "${each.name}" after "${name}"`,
          span: product.manifest.locate([...at, 'dependsOn', position]),
        },
      }));
      return [own, ...needed];
    }),
  );
}

function clusterWishes({ cluster, settings }: Resolution): readonly Wish[] {
  return namesAt(settings.value, 'components').map((name, index) => {
    const [span = { file: cluster.manifest.file }] = settings.originsOf(['components', index]);
    return { name, optional: false, reason: { text: `cluster "${cluster.name}" has the component "${name}"`, span } };
  });
}

/** Whether components that the cluster names provide all that another one does, so that it has these in its place. */
function replacedBy({ workspace, settings }: Resolution, named: ReadonlySet<string>): (name: string) => boolean {
  const given = new Set(
    [...named].flatMap((name) => {
      const component = workspace.components.get(name);
      return component === undefined || unmetChoice(settings.value, component) ? [] : capabilitiesOf(component);
    }),
  );
  return (name) => !named.has(name) && isReplaced(workspace.components.get(name), given);
}
