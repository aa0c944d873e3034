import { byKey } from '@fluxwright/documents';
import { requiredCapabilities, requiredComponents } from '../load/requirements.ts';
import type { Component, StageName } from '../load/workspace.ts';
import type { ComponentMembers, ProductMembers } from './resolution.ts';
import type { Reason, StageEdge, StageId } from './resolved-cluster.ts';
import { lastStage, stagesOf } from './stages-of.ts';

export interface StageGraphInput {
  readonly products: ProductMembers;
  readonly components: ComponentMembers;
  readonly capabilities: ReadonlyMap<string, StageId>;
}

/** The order of a cluster's stages, each edge with every reason for it; sorted by from, then to. It may hold cycles. */
export function stageEdges(input: StageGraphInput): readonly StageEdge[] {
  const edges = new Map<string, { from: StageId; to: StageId; reasons: Reason[] }>();
  for (const { from, to, reason } of [...componentEdges(input), ...productEdges(input)]) {
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
    const stage = (wanted: StageName): StageId => ({
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

function stageOf(components: ComponentMembers, name: string, wanted?: StageName): StageId | undefined {
  const component = components.get(name)?.item;
  if (component === undefined) return undefined;
  return {
    component: name,
    stage: wanted !== undefined && stagesOf(component).includes(wanted) ? wanted : lastStage(component),
  };
}
