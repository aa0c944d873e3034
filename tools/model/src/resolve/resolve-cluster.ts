import { diagnostic, didYouMean, hasErrors, type Staged } from '@fluxwright/diagnostics';
import { memo, memoText, type SourceDocument } from '@fluxwright/documents';
import type { ClusterSpec, Component, StageName, Workspace } from '../load/workspace.ts';
import { bindServices } from './bind-services.ts';
import { checkAnswers } from './check-answers.ts';
import { checkChoices } from './check-choices.ts';
import { checkFacts } from './check-facts.ts';
import { checkNodes } from './check-nodes.ts';
import { checkOrder } from './check-order.ts';
import { checkPair, type Peer } from './check-pair.ts';
import { checkRepository } from './check-repository.ts';
import { checkSettings } from './check-settings.ts';
import { checkVersions } from './check-versions.ts';
import { clusterSettings } from './cluster-settings.ts';
import { checkUnusedValues, componentValues } from './component-values.ts';
import type { GoodValues } from './good-values.ts';
import { type Here, leftOut } from './left-out.ts';
import { optionPrices } from './option-prices.ts';
import { componentPairs, halvesOf, pairServices } from './pair-services.ts';
import { provideCapabilities } from './provide-capabilities.ts';
import { type ComponentMembers, type ProductMembers, type Resolution, report } from './resolution.ts';
import type {
  MergedValues,
  ResolvedCluster,
  ResolvedComponent,
  ResolvedPeer,
  ResolvedRequest,
  ServicePair,
  StageEdge,
  StageId,
} from './resolved-cluster.ts';
import { selectComponents } from './select-components.ts';
import { selectProducts } from './select-products.ts';
import { stageCycles } from './stage-cycles.ts';
import { stageEdges, stageKey } from './stage-edges.ts';
import { allStages, isCopied } from './stages-of.ts';

/**
 * Makes every choice of one cluster: what it has, in what order, with which values. Pure and deterministic. The value is
 * absent where anything is wrong; no finding of its own comes with that where load has already said why. With a memory of
 * good values, a component's values that are in it are not checked again.
 */
export function resolveCluster(
  workspace: Workspace,
  name: string,
  goodValues?: GoodValues,
): Staged<ResolvedCluster | undefined> {
  return resolveOne(workspace, name, { ...(goodValues && { goodValues }), isHalf: false });
}

/** The other cluster of a pair by its own manifests; once a workspace, since it is held against nothing but these. */
const half = memo((workspace: Workspace) =>
  memoText((name) => resolveOne(workspace, name, { goodValues: undefined, isHalf: true })),
);

interface Resolving {
  readonly goodValues?: GoodValues | undefined;
  /** True for the other cluster of a pair, which is not held against its own other one. */
  readonly isHalf: boolean;
}

function resolveOne(
  workspace: Workspace,
  name: string,
  { goodValues, isHalf }: Resolving,
): Staged<ResolvedCluster | undefined> {
  const cluster = workspace.clusters.get(name);
  if (cluster === undefined)
    return {
      value: undefined,
      diagnostics: workspace.broken.has(`clusters/${name}`) ? [] : [unknownCluster(workspace, name)],
    };
  const settings = clusterSettings(workspace, cluster);
  const blocked = workspace.broken.has('clusters/defaults');
  const resolution: Resolution = { workspace, cluster, settings, diagnostics: [], blocked };
  const products = selectProducts(resolution);
  if (!blocked) {
    checkSettings(resolution);
    checkNodes(resolution);
  }
  if (!resolution.blocked) checkChoices(resolution, products);
  const facts = resolution.blocked ? new Map() : checkFacts(resolution, products);
  checkRepository(resolution);
  const peer = checkPair(resolution);
  const members = selectComponents(resolution, products);
  const capabilities = provideCapabilities(resolution, members);
  checkOrder(resolution, members);
  if (!resolution.blocked) checkVersions(resolution, members);
  checkAnswers(resolution, products, members);
  const values = valuesOf(resolution, { members, products, ...(goodValues && { goodValues }) });
  const bound = bindServices(resolution, { members, values, capabilities });
  const {
    here,
    pairs,
    edges,
    half: theirHalf,
  } = meet(resolution, { products, members, capabilities, bound, peer, isHalf });
  const { components, standbys } = inStages(members, values, { here, pairs });
  if (!resolution.blocked) checkUnusedValues(resolution, members);
  const { diagnostics } = resolution;
  if (resolution.blocked || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const value: ResolvedCluster = {
    name,
    file: cluster.manifest.file,
    spec: specOf(settings),
    settings,
    ...(peer && { peer: resolvedPeer(peer, theirHalf) }),
    documents: documentsOf([
      cluster.manifest,
      peer?.cluster.manifest,
      workspace.defaults,
      ...[...products.values()].map(({ item }) => item.manifest),
      ...[...components, ...standbys].flatMap(filesOf),
    ]),
    components,
    standbys,
    services: here.services,
    edges,
    facts,
    prices: optionPrices(settings.value, products),
    capabilities: here.capabilities,
  };
  return { value, diagnostics };
}

/** The components that run here, and those of which only copies are here, each with its stages. */
function inStages(
  members: ComponentMembers,
  values: ReadonlyMap<string, MergedValues>,
  { here, pairs }: { readonly here: Here; readonly pairs: ReadonlyMap<string, ServicePair> },
): Pick<ResolvedCluster, 'components' | 'standbys'> {
  const stagesOf = (component: Component): readonly StageName[] => {
    if (!here.standbys.has(component.name)) return allStages(component, here.services, pairs.has(component.name));
    if (!isCopied(component.name, here.services)) return [];
    const beside = here.services.some(({ consumer, stage }) => consumer === component.name && stage === 'attach');
    return ['pair', 'services', ...(beside ? (['attach'] as const) : [])];
  };
  const all = [...members].map(([name, { item: component, reasons }]): ResolvedComponent => {
    const pair = pairs.get(name);
    const merged = values.get(name) as MergedValues;
    return { component, values: merged, reasons, stages: stagesOf(component), ...(pair && { pair }) };
  });
  const isStandby = ({ component }: ResolvedComponent) => here.standbys.has(component.name);
  return { components: all.filter((each) => !isStandby(each)), standbys: all.filter(isStandby) };
}

function filesOf({ component }: ResolvedComponent): readonly (SourceDocument | undefined)[] {
  return [component.manifest, component.defaults, ...component.answers.map(({ document }) => document)];
}

function resolvedPeer({ cluster, settings }: Peer, half: ResolvedCluster | undefined): ResolvedPeer {
  return { name: cluster.name, spec: specOf(settings), settings, ...(half && { half }) };
}

interface Meeting {
  readonly products: ProductMembers;
  readonly members: ComponentMembers;
  readonly capabilities: ReadonlyMap<string, StageId>;
  readonly bound: readonly ResolvedRequest[];
  readonly peer: Peer | undefined;
  readonly isHalf: boolean;
}

/** What of a cluster runs here, beside the other one of its pair, and in which order. */
function meet(resolution: Resolution, { products, members, capabilities, bound, peer, isHalf }: Meeting) {
  const meetsItself = [...members.values()].some(({ item }) => item.pair.length > 0);
  const other = isHalf || peer === undefined ? undefined : memoHalf(resolution, peer);
  const services = isHalf
    ? halvesOf(resolution.settings, peer, bound)
    : pairServices(resolution, { services: bound, capabilities, peer, half: () => other?.() });
  const half = meetsItself || services.some(({ pair }) => pair !== undefined) ? other?.() : undefined;
  const whole = stageEdges({ products, components: members, capabilities, services });
  for (const cycle of stageCycles(whole)) reportCycle(resolution, cycle);
  const here = leftOut({ edges: whole, services, members, capabilities });
  const pairs = componentPairs(resolution, here, half);
  const edges = stageEdges({ products, ...here, paired: new Set(pairs.keys()), components: here.members });
  return { here, pairs, edges, half };
}

/** The other cluster's half; a finding where it has none, for whoever asks. */
function memoHalf(resolution: Resolution, peer: Peer): () => ResolvedCluster | undefined {
  let asked = false;
  return () => {
    const { value, diagnostics } = half(resolution.workspace)(peer.cluster.name);
    if (value === undefined && !asked) {
      const [first] = diagnostics.filter(({ severity }) => severity === 'error');
      if (first === undefined) resolution.blocked = true;
      else
        report(resolution, 'resolve/unmatched-service', {
          message: `cluster "${peer.cluster.name}" cannot be resolved, so nothing is copied between it and "${resolution.cluster.name}"`,
          ...(first.primary && { primary: first.primary }),
          note: first.message,
          labels: [],
          help: `mend it first: npx fluxwright build ${peer.cluster.name}`,
        });
    }
    asked = true;
    return value;
  };
}

interface Members {
  readonly members: ComponentMembers;
  readonly products: ProductMembers;
  readonly goodValues?: GoodValues;
}

function valuesOf(resolution: Resolution, { members, ...question }: Members): ReadonlyMap<string, MergedValues> {
  return new Map(
    [...members].map(([name, { item: component }]) => [name, componentValues(resolution, { component, ...question })]),
  );
}

function documentsOf(documents: readonly (SourceDocument | undefined)[]): ReadonlyMap<string, SourceDocument> {
  return new Map(documents.flatMap((each) => (each === undefined ? [] : [[each.file, each] as const])));
}

/** The settings are known to keep their schema here: load has checked each layer, checkSettings what must be there. */
function specOf(settings: MergedValues): ClusterSpec {
  return settings.value as unknown as ClusterSpec;
}

function unknownCluster(workspace: Workspace, name: string) {
  const help = didYouMean(name, workspace.clusterNames);
  const message = `there is no cluster "${name}"`;
  return diagnostic('resolve/unknown-cluster', {
    message,
    note: `no folder clusters/${name}`,
    ...(help === undefined ? {} : { help }),
  });
}

function reportCycle(resolution: Resolution, cycle: readonly StageEdge[]): void {
  const path = [...cycle, ...cycle.slice(0, 1)].map(({ from }) => stageKey(from)).join(' → ');
  const [first, ...others] = cycle.flatMap(({ reasons }) => reasons.slice(0, 1));
  report(resolution, 'resolve/cycle', {
    message: `components depend on each other in a circle: ${path}`,
    ...(first === undefined ? {} : { primary: first.span, note: first.text }),
    labels: others.map(({ span, text }) => ({ span, message: text })),
    help: 'remove one of these edges, or move it to spec.configure.requires',
  });
}
