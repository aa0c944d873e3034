import type { Workspace } from '../load/workspace.ts';
import type { ClusterMembers } from './cluster-members.ts';

/** A product of the catalogue, and who has it. */
export interface ListedProduct {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly mandatory: boolean;
  /** As the product lists them. */
  readonly components: readonly string[];
  /** Products that come with it. */
  readonly requires: readonly string[];
  /** Keys of the choices that it declares. */
  readonly choices: readonly string[];
  readonly clusters: readonly string[];
}

/** Every product that could be read, by name. */
export function listProducts(workspace: Workspace, members: readonly ClusterMembers[]): readonly ListedProduct[] {
  return [...workspace.products.values()].map(({ name, spec }) => ({
    name,
    title: spec.title,
    description: spec.description,
    mandatory: spec.mandatory === true,
    components: (spec.components ?? []).map((each) => each.name),
    requires: spec.requires?.products ?? [],
    choices: Object.keys(spec.choices ?? {}),
    clusters: members.filter(({ products }) => products.has(name)).map((each) => each.name),
  }));
}
