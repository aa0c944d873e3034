import type { JsonPath } from '@fluxwright/documents';
import type { ComponentSpec, ProvidedService, ServiceRequest } from '../generated/component.ts';

/** A request for a service, and where a manifest says so. */
export interface SaidRequest {
  readonly request: ServiceRequest;
  readonly path: JsonPath;
}

/** A kind of service that a component makes for others, and where its manifest says so. */
export interface SaidService {
  readonly said: ProvidedService;
  readonly path: JsonPath;
}

/** The services that a component asks for. */
export function serviceRequests({ requires }: ComponentSpec): readonly SaidRequest[] {
  return (requires?.services ?? []).map((request, index) => ({
    request,
    path: ['spec', 'requires', 'services', index],
  }));
}

/** The kinds of services that a component makes. */
export function providedServices({ provides }: ComponentSpec): readonly SaidService[] {
  return (provides?.services ?? []).map((said, index) => ({ said, path: ['spec', 'provides', 'services', index] }));
}

/** The services that each service of a kind needs in its turn. */
export function neededServices({ said, path }: SaidService): readonly SaidRequest[] {
  return (said.requires?.services ?? []).map((request, index) => ({
    request,
    path: [...path, 'requires', 'services', index],
  }));
}

/** The capabilities that each service of a kind needs. */
export function neededCapabilities({
  said,
  path,
}: SaidService): readonly { readonly name: string; readonly because?: string; readonly path: JsonPath }[] {
  return (said.requires?.capabilities ?? []).map((each, index) => ({
    ...(typeof each === 'string' ? { name: each } : each),
    path: [...path, 'requires', 'capabilities', index],
  }));
}

/** Everything that a component asks for: for itself, and for what it makes. */
export function allRequests(spec: ComponentSpec): readonly SaidRequest[] {
  return [...serviceRequests(spec), ...providedServices(spec).flatMap(neededServices)];
}

/** The kinds of services that a component asks for or provides, sorted. */
export function serviceKinds(spec: ComponentSpec): readonly string[] {
  const asked = allRequests(spec).map(({ request }) => request.kind);
  return [...new Set([...asked, ...providedServices(spec).map(({ said }) => said.kind)])].sort();
}

/** The kind of a service as the capability that its provider gives. */
export function serviceCapability(kind: string): string {
  return `service/${kind}`;
}

/** A capability as a sentence names it: `the capability "cni"`, `a postgresql`. */
export function capabilityTitle(capability: string): string {
  const own = serviceCapability('');
  return capability.startsWith(own) ? `a ${capability.slice(own.length)}` : `the capability "${capability}"`;
}
