import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import {
  type Component,
  providedCapabilities,
  type Requirement,
  type ResolvedComponent,
  requiredCapabilities,
  requiredComponents,
} from '@fluxwright/model';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import type { NeedMatches } from '../needs/match-needs.ts';

/**
 * A requirement that nothing in the output uses costs order for nothing. It is looked for only where it would show: the
 * required component declares kinds or objects that others refer to, and neither the capability says that its users do
 * not show (`unseen`) nor the requirement why it is there (`because`).
 */
export function unusedRequirements({ cluster }: RenderedCluster, { matches }: NeedMatches): readonly Diagnostic[] {
  const used = new Set(
    matches.flatMap(({ need, providers }) =>
      providers.flatMap(({ stage }) => (stage === undefined ? [] : `${need.stage.component} ${stage.component}`)),
    ),
  );
  const components = new Map(cluster.components.map(({ component }) => [component.name, component]));
  return cluster.components.flatMap(({ component }: ResolvedComponent) =>
    [
      ...requiredComponents(component).map((each) => ({ each, provider: components.get(each.name) })),
      ...requiredCapabilities(component).map((each) => ({ each, provider: providerOf(each) })),
    ]
      .filter(({ each, provider }) => each.because === undefined && provider !== undefined && shows(provider))
      .filter(({ provider }) => provider !== component && !used.has(`${component.name} ${provider?.name}`))
      .map(({ each }) => finding(component, each)),
  );

  function providerOf({ name }: Requirement): Component | undefined {
    const stage = cluster.capabilities.get(name);
    const provider = stage && components.get(stage.component);
    const isUnseen = provider && providedCapabilities(provider).some((each) => each.name === name && each.unseen);
    return isUnseen ? undefined : provider;
  }
}

function shows({ spec }: Component): boolean {
  const { crds = [], objects = [], kinds = [], webhooks = [] } = spec.provides ?? {};
  return crds.length + objects.length + kinds.length + webhooks.length > 0;
}

function finding(component: Component, { name, path }: Requirement): Diagnostic {
  return diagnostic('prove/unused-requirement', {
    message: `component "${component.name}" requires "${name}", and nothing in its output uses it`,
    primary: component.manifest.locate(path),
    note: 'no object refers to it',
    help: `remove it, or say why it is needed: {name: ${name}, because: …}`,
  });
}
