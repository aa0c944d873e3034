import { providedCapabilities } from '../load/requirements.ts';
import type { ServiceContract } from '../load/service-contract.ts';
import { neededServices, providedServices, serviceCapability, serviceRequests } from '../load/services.ts';
import type { StageName, Workspace } from '../load/workspace.ts';
import type { ClusterMembers } from './cluster-members.ts';

/** A kind of service, who makes it and who asks for it; sorted by component. */
export interface ListedService {
  readonly kind: string;
  readonly title?: string;
  readonly description?: string;
  readonly phase?: ServiceContract['phase'];
  readonly providedBy: readonly {
    readonly component: string;
    /** The stage that a request waits for. */
    readonly stage: StageName;
    /** Who has it from this component. */
    readonly clusters: readonly string[];
  }[];
  readonly requestedBy: readonly {
    readonly component: string;
    /** What the component calls it. */
    readonly name: string;
    readonly optional: boolean;
    /** The service of another component that it is given access to. */
    readonly of?: string;
    /** The kind of service that it provides and needs this one for. */
    readonly neededFor?: string;
  }[];
}

/** Every kind of service that has a contract, a provider or a request, by kind. */
export function listServices(workspace: Workspace, members: readonly ClusterMembers[]): readonly ListedService[] {
  const components = [...workspace.components.values()];
  const contracts = new Map(components.flatMap((each) => [...each.contracts]));
  const requests = components.flatMap(({ name, spec }) => [
    ...serviceRequests(spec).map(({ request }) => ({ component: name, request })),
    ...providedServices(spec).flatMap((service) =>
      neededServices(service).map(({ request }) => ({ component: name, request, neededFor: service.said.kind })),
    ),
  ]);
  const provided = components.flatMap((component) =>
    providedServices(component.spec).map(({ said: { kind } }) => ({ kind, component })),
  );
  const kinds = new Set([
    ...contracts.keys(),
    ...provided.map(({ kind }) => kind),
    ...requests.map(({ request }) => request.kind),
  ]);
  return [...kinds].sort().map((kind) => {
    const contract = contracts.get(kind);
    return {
      kind,
      ...(contract && { title: contract.title, description: contract.description, phase: contract.phase }),
      providedBy: provided
        .filter((each) => each.kind === kind)
        .map(({ component }) => ({
          component: component.name,
          stage:
            providedCapabilities(component).find(({ name }) => name === serviceCapability(kind))?.stage ?? 'install',
          clusters: members.filter((each) => each.components.has(component.name)).map(({ name }) => name),
        })),
      requestedBy: requests
        .filter(({ request }) => request.kind === kind)
        .map(({ component, request: { name = kind, optional = false, of }, ...needed }) => ({
          component,
          name,
          optional,
          ...(of !== undefined && { of }),
          ...needed,
        })),
    };
  });
}
