import { byKey } from '@fluxwright/documents';
import { requiredCapabilities, requiredComponents } from '../load/requirements.ts';
import { neededCapabilities } from '../load/services.ts';
import type { Component, TemplateStage } from '../load/workspace.ts';
import type { ComponentMembers, ProductMembers } from './resolution.ts';
import type { Reason, ResolvedRequest, StageEdge, StageId } from './resolved-cluster.ts';
import { lastStage, stagesOf } from './stages-of.ts';

export interface StageGraphInput {
  readonly products: ProductMembers;
  readonly components: ComponentMembers;
  readonly capabilities: ReadonlyMap<string, StageId>;
  readonly services: readonly ResolvedRequest[];
  /** Components that meet themselves in the other cluster. */
  readonly paired?: ReadonlySet<string>;
  /** Components that run in the other cluster, of which this one holds copies. */
  readonly standbys?: ReadonlySet<string>;
}

/** The order of a cluster's stages, each edge with every reason for it; sorted by from, then to. It may hold cycles. */
export function stageEdges(input: StageGraphInput): readonly StageEdge[] {
  const edges = new Map<string, { from: StageId; to: StageId; reasons: Reason[] }>();
  for (const { from, to, reason } of [
    ...componentEdges(input),
    ...serviceEdges(input),
    ...pairEdges(input),
    ...productEdges(input),
  ]) {
    const key = `${stageKey(from)} ${stageKey(to)}`;
    if (stageKey(from) === stageKey(to)) continue;
    const edge = edges.get(key) ?? { from, to, reasons: [] };
    edge.reasons.push(reason);
    edges.set(key, edge);
  }
  return [...edges].sort(byKey).map(([, edge]) => edge);
}

/** A stage as text: `cert-manager` for install, `cert-manager-configure`: the names its FluxKustomizations bear. */
export function stageKey({ component, stage }: StageId): string {
  return stage === 'install' ? component : `${component}-${stage}`;
}

interface Edge {
  readonly from: StageId;
  readonly to: StageId;
  readonly reason: Reason;
}

function componentEdges({ components, capabilities }: StageGraphInput): readonly Edge[] {
  return [...components].flatMap(([name, { item }]) => {
    const stage = (wanted: TemplateStage): StageId => ({
      component: name,
      stage: stagesOf(item).includes(wanted) ? wanted : 'install',
    });
    const needs = requiredComponents(item).flatMap(({ name: needed, stage: awaited, because, from, path }) => {
      const to = stageOf(components, needed, awaited);
      const text = explained(`component "${name}" requires the component "${needed}"`, because);
      return to === undefined ? [] : [{ from: stage(from), to, reason: { text, span: item.manifest.locate(path) } }];
    });
    const uses = requiredCapabilities(item).flatMap(({ name: capability, because, from, path }) => {
      const to = capabilities.get(capability);
      const said = `component "${name}" requires the capability "${capability}", which "${to?.component}" provides`;
      const text = explained(said, because);
      return to === undefined ? [] : [{ from: stage(from), to, reason: { text, span: item.manifest.locate(path) } }];
    });
    const follows = (item.spec.after ?? []).flatMap((other, index) => {
      const to = stageOf(components, other);
      const text = `component "${name}" comes after the component "${other}"`;
      return to === undefined
        ? []
        : [{ from: stage('install'), to, reason: { text, span: item.manifest.locate(['spec', 'after', index]) } }];
    });
    return [...ownEdge(item), ...needs, ...uses, ...follows];
  });
}

function explained(text: string, because: string | undefined): string {
  return because === undefined ? text : `${text}: ${because}`;
}

function ownEdge(item: Component): readonly Edge[] {
  const [first] = item.templates.configure;
  if (first === undefined) return [];
  const from: StageId = { component: item.name, stage: 'configure' };
  const reason = {
    text: `component "${item.name}" is configured once it is installed`,
    span: { file: first.file, start: { line: 1, column: 1 } },
  };
  return [{ from, to: { component: item.name, stage: 'install' }, reason }];
}

/**
 * A request waits for who makes it, or for the request that it has access to; its consumer is installed after it. What is
 * attached waits for its consumer, too. No edge ends at it, so that it closes no circle (docs/decisions/0068).
 */
function serviceEdges({ services, components, capabilities }: StageGraphInput): readonly Edge[] {
  const byRequest = new Map(services.map((each) => [each.key, each]));
  const first = new Map(services.toReversed().map((each) => [`${each.consumer} ${each.stage}`, each]));
  return [
    ...[...first.values()].flatMap((request) => ownServiceEdge(request, components)),
    ...services.flatMap((request) => neededByRequest(request, components, capabilities)),
    ...services.flatMap(({ consumer, stage, kind, name, provider, said, span }) => {
      const from: StageId = { component: consumer, stage };
      const text = explained(
        `component "${consumer}" gets the ${kind} "${name}" from "${provider.component}"`,
        said.because,
      );
      const owner = said.of === undefined ? undefined : byRequest.get(said.of);
      const shared = owner?.stage === 'services' && {
        from,
        to: { component: owner.consumer, stage: owner.stage },
        reason: { text: `component "${consumer}" gets access to ${owner.key}`, span },
      };
      return [{ from, to: provider, reason: { text, span } }, ...(shared ? [shared] : [])];
    }),
  ];
}

/**
 * What crosses to the other cluster comes once the component is there. Of a component that runs in the other cluster only
 * copies are here, and these wait for what crosses; nobody else does.
 */
function pairEdges({
  components,
  services,
  paired = new Set(),
  standbys = new Set(),
}: StageGraphInput): readonly Edge[] {
  const own = [...components].flatMap(([component, { item }]): Edge[] => {
    const [first] = item.pair;
    if (!paired.has(component) || first === undefined) return [];
    return [
      {
        from: { component, stage: 'pair' },
        to: { component, stage: lastStage(item) },
        reason: {
          text: `what crosses to the other cluster of the pair comes once component "${component}" is there`,
          span: { file: first.file, start: { line: 1, column: 1 } },
        },
      },
    ];
  });
  const copied = services.flatMap(({ consumer, kind, name, provider, span, pair }): Edge[] => {
    const item = components.get(consumer)?.item;
    if (pair === undefined) return [];
    const from: StageId = { component: consumer, stage: 'pair' };
    const made = {
      text: `the ${kind} "${name}" of component "${consumer}" is copied by "${provider.component}"`,
      span,
    };
    const text = standbys.has(consumer)
      ? `the ${kind} "${name}" is a copy of what the other cluster has`
      : `the ${kind} "${name}" is copied once component "${consumer}" is there`;
    return [
      { from, to: provider, reason: made },
      ...(standbys.has(consumer)
        ? [{ from: { component: consumer, stage: 'services' as const }, to: from, reason: { text, span } }]
        : item === undefined
          ? []
          : [{ from, to: { component: consumer, stage: lastStage(item) }, reason: { text, span } }]),
    ];
  });
  return [...own, ...copied];
}

/** Between a component and the stage that holds its services. */
function ownServiceEdge({ consumer: component, stage, span }: ResolvedRequest, components: ComponentMembers): Edge[] {
  const item = components.get(component)?.item;
  if (item === undefined) return [];
  const own: StageId = { component, stage };
  return stage === 'services'
    ? [
        {
          from: { component, stage: 'install' },
          to: own,
          reason: { text: `component "${component}" is installed once it has its services`, span },
        },
      ]
    : [
        {
          from: own,
          to: { component, stage: lastStage(item) },
          reason: { text: `what is attached to component "${component}" comes once it is there`, span },
        },
      ];
}

/** What its provider says that each of its services needs. */
function neededByRequest(
  { consumer, stage, kind, provider, service }: ResolvedRequest,
  components: ComponentMembers,
  capabilities: ReadonlyMap<string, StageId>,
): readonly Edge[] {
  const maker = components.get(provider.component)?.item;
  return neededCapabilities(service).flatMap(({ name, because, path }) => {
    const to = capabilities.get(name);
    if (maker === undefined || to === undefined) return [];
    const said = `a ${kind} of component "${maker.name}" requires the capability "${name}", which "${to.component}" provides`;
    const span = maker.manifest.locate(path);
    return [
      {
        from: { component: consumer, stage },
        to,
        reason: { text: explained(said, because), span },
      },
    ];
  });
}

function productEdges({ products, components }: StageGraphInput): readonly Edge[] {
  return [...products.values()].flatMap(({ item: product }) =>
    (product.spec.components ?? []).flatMap((each, index) =>
      (each.dependsOn ?? []).flatMap((other, position) => {
        const to = stageOf(components, other);
        if (to === undefined || !components.has(each.name)) return [];
        const span = product.manifest.locate(['spec', 'components', index, 'dependsOn', position]);
        const text = `product "${product.name}" puts "${each.name}" after "${other}"`;
        return [{ from: { component: each.name, stage: 'install' as const }, to, reason: { text, span } }];
      }),
    ),
  );
}

function stageOf(components: ComponentMembers, name: string, wanted?: TemplateStage): StageId | undefined {
  const component = components.get(name)?.item;
  if (component === undefined) return undefined;
  return {
    component: name,
    stage: wanted !== undefined && stagesOf(component).includes(wanted) ? wanted : lastStage(component),
  };
}
