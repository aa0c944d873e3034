import { providedCapabilities } from '../load/requirements.ts';
import type { Component, Workspace } from '../load/workspace.ts';

/** Component → the components of products that a cluster has it for, where it names it. */
export type StandIns = ReadonlyMap<string, readonly string[]>;

/**
 * The components that are in no product and alone provide all that one of a product does, so that a cluster that names them has
 * not that one (docs/decisions/0066).
 */
export function standIns({ components, products }: Pick<Workspace, 'components' | 'products'>): StandIns {
  const inProducts = new Set(
    [...products.values()].flatMap(({ spec }) => (spec.components ?? []).map(({ name }) => name)),
  );
  return new Map(
    [...components.values()].flatMap((each): [string, readonly string[]][] => {
      if (inProducts.has(each.name)) return [];
      const given = new Set(capabilitiesOf(each));
      const replaced = [...inProducts].filter((name) => isReplaced(components.get(name), given));
      return replaced.length === 0 ? [] : [[each.name, replaced]];
    }),
  );
}

/** Whether others provide all that a component of a product does; one without a capability is there for itself. */
export function isReplaced(component: Component | undefined, given: ReadonlySet<string>): boolean {
  const own = component === undefined ? [] : capabilitiesOf(component);
  return own.length > 0 && own.every((each) => given.has(each));
}

/** Names of all capabilities of a component, kinds of services included. */
export function capabilitiesOf(component: Component): readonly string[] {
  return providedCapabilities(component).map(({ name }) => name);
}
