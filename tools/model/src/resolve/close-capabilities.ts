import { didYouMean, listWords } from '@fluxwright/diagnostics';
import { byKey } from '@fluxwright/documents';
import { providedCapabilities, providedPath, requiredCapabilities } from '../load/requirements.ts';
import {
  neededCapabilities,
  neededServices,
  providedServices,
  type SaidRequest,
  type SaidService,
  serviceCapability,
  serviceRequests,
} from '../load/services.ts';
import type { Component } from '../load/workspace.ts';
import { admitComponent } from './admit-component.ts';
import { unmetChoice } from './check-choices.ts';
import { isCopied } from './is-copied.ts';
import { isPreview } from './is-preview.ts';
import { type ComponentMembers, type Member, type Resolution, report } from './resolution.ts';
import type { Reason } from './resolved-cluster.ts';

/** Adds the one component that can provide what is needed and missing, until nothing is missing or nothing more helps. */
export function closeCapabilities(resolution: Resolution, members: Map<string, Member<Component>>): void {
  for (;;) {
    const missing = missingCapabilities(resolution, members);
    const sole = [...missing].find(([name]) => candidates(resolution, name).length === 1);
    if (sole === undefined) {
      for (const [name, reason] of missing) reportMissing(resolution, name, reason);
      return;
    }
    const [name, reason] = sole;
    const provider = candidates(resolution, name)[0]?.name ?? '';
    admitComponent(resolution, members, {
      name: provider,
      optional: false,
      reason: { ...reason, text: `${reason.text}, which "${provider}" provides` },
    });
    // What could not be added would be tried for ever; its finding is made.
    if (!members.has(provider)) return;
  }
}

function missingCapabilities(resolution: Resolution, members: ComponentMembers): ReadonlyMap<string, Reason> {
  const provided = new Set(
    [...members.values()].flatMap(({ item }) => providedCapabilities(item).map(({ name }) => name)),
  );
  const missing = new Map<string, Reason>();
  for (const { name, reason } of [...required(members), ...wantedServices(resolution, members)]) {
    if (!provided.has(name) && !missing.has(name)) missing.set(name, reason);
  }
  return new Map([...missing].sort(byKey));
}

interface Wanted {
  readonly name: string;
  readonly reason: Reason;
}

function required(members: ComponentMembers): readonly Wanted[] {
  return [...members].sort(byKey).flatMap(([component, { item }]) =>
    requiredCapabilities(item).map(({ name, path }) => ({
      name,
      reason: { text: `component "${component}" requires the capability "${name}"`, span: item.manifest.locate(path) },
    })),
  );
}

/** What the requests of all members ask for, and what the requests need in their turn of those who provide them. */
function wantedServices({ settings }: Resolution, members: ComponentMembers): readonly Wanted[] {
  const wanted: Wanted[] = [];
  const seen = new Set<string>();
  const want = (item: Component, { request, path }: SaidRequest): void => {
    const { kind, optional } = request;
    if (optional === true && !providersIn(members, kind).length) return;
    const text = `component "${item.name}" asks for a ${kind}`;
    wanted.push({ name: serviceCapability(kind), reason: { text, span: item.manifest.locate(path) } });
    const copies = isCopied(request, settings);
    const known = copies ? `${kind}, copied` : kind;
    if (seen.has(known)) return;
    seen.add(known);
    for (const { provider, service } of providersIn(members, kind)) {
      wanted.push(...neededBy(provider, service));
      for (const needed of neededServices(service).filter((each) => copies || each.request.copied !== true))
        want(provider, needed);
    }
  };
  for (const [, { item }] of [...members].sort(byKey))
    for (const request of serviceRequests(item.spec)) want(item, request);
  return wanted;
}

/** The capabilities that each service of a kind needs of its cluster. */
function neededBy(provider: Component, service: SaidService): readonly Wanted[] {
  return neededCapabilities(service).map(({ name, path }) => ({
    name,
    reason: {
      text: `a ${service.said.kind} of component "${provider.name}" requires the capability "${name}"`,
      span: provider.manifest.locate(path),
    },
  }));
}

function providersIn(members: ComponentMembers, kind: string) {
  return [...members.values()].flatMap(({ item: provider }) =>
    providedServices(provider.spec)
      .filter(({ said }) => said.kind === kind)
      .map((service) => ({ provider, service })),
  );
}

function candidates({ workspace, settings }: Resolution, capability: string): readonly Component[] {
  return providersOf(workspace.components.values(), capability).filter(
    (component) =>
      (component.spec.maturity !== 'coming' || isPreview(settings)) &&
      unmetChoice(settings.value, component) === undefined,
  );
}

function providersOf(components: Iterable<Component>, capability: string): readonly Component[] {
  return [...components].filter((component) => providedCapabilities(component).some(({ name }) => name === capability));
}

function reportMissing(resolution: Resolution, capability: string, reason: Reason): void {
  const { workspace } = resolution;
  const several = candidates(resolution, capability);
  if (several.length > 1) {
    report(resolution, 'resolve/ambiguous-capability', {
      message: `${reason.text}, which several components could provide`,
      primary: reason.span,
      note: 'none of them is in the cluster yet',
      labels: several.map((component) => ({
        span: component.manifest.locate(providedPath(component, capability)),
        message: `"${component.name}" could`,
      })),
      help: `add one to spec.components: ${listWords(
        several.map(({ name }) => name),
        'or',
      )}`,
    });
    return;
  }
  // A component that could not be read may be the one.
  if ([...workspace.broken].some((each) => each.startsWith('components/'))) {
    resolution.blocked = true;
    return;
  }
  const isService = capability.startsWith(serviceCapability(''));
  const all = [...workspace.components.values()];
  const excluded = providersOf(all, capability);
  const help =
    excluded.length === 0
      ? (didYouMean(
          capability,
          all.flatMap((component) => providedCapabilities(component).map(({ name }) => name)),
        ) ??
        `add a component that lists it in spec.provides.${isService ? 'services' : 'capabilities'}, or take out what requires it`)
      : `the cluster's choices exclude ${listWords(
          excluded.map(({ name }) => name),
          'and',
        )}, which would`;
  report(resolution, 'resolve/unknown-capability', {
    message: `${reason.text}, which nothing provides`,
    primary: reason.span,
    note: excluded.length === 0 ? 'no component provides it' : 'no component that can be in this cluster provides it',
    help,
  });
}
