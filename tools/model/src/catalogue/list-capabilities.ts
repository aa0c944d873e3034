import { providedCapabilities, requiredCapabilities } from '../load/requirements.ts';
import { providedServices, serviceCapability } from '../load/services.ts';
import type { StageName, Workspace } from '../load/workspace.ts';

/** A capability, who gives it and who needs it; sorted by component. */
export interface ListedCapability {
  readonly name: string;
  readonly providedBy: readonly { readonly component: string; readonly stage: StageName }[];
  readonly requiredBy: readonly {
    readonly component: string;
    readonly stage: StageName;
    /** Why, where no object shows it. */
    readonly because?: string;
  }[];
}

/** Every capability that a component provides or requires, by name; kinds of services have a list of their own. */
export function listCapabilities({ components }: Workspace): readonly ListedCapability[] {
  const provided = [...components.values()].flatMap((component) =>
    providedCapabilities(component).map(({ name, stage }) => ({ name, by: { component: component.name, stage } })),
  );
  const required = [...components.values()].flatMap((component) =>
    requiredCapabilities(component).map(({ name, from, because }) => ({
      name,
      by: { component: component.name, stage: from, ...(because !== undefined && { because }) },
    })),
  );
  const kinds = new Set(
    [...components.values()].flatMap(({ spec }) =>
      providedServices(spec).map(({ said }) => serviceCapability(said.kind)),
    ),
  );
  const names = [...new Set([...provided, ...required].map(({ name }) => name))]
    .filter((name) => !kinds.has(name))
    .sort();
  return names.map((name) => ({
    name,
    providedBy: provided.filter((each) => each.name === name).map(({ by }) => by),
    requiredBy: required.filter((each) => each.name === name).map(({ by }) => by),
  }));
}
