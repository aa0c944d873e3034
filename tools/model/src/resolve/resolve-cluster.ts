import { diagnostic, didYouMean, hasErrors, type Staged } from '@fluxwright/diagnostics';
import type { SourceDocument } from '@fluxwright/documents';
import type { ClusterSpec, Workspace } from '../load/workspace.ts';
import { bindServices } from './bind-services.ts';
import { checkAnswers } from './check-answers.ts';
import { checkChoices } from './check-choices.ts';
import { checkFacts } from './check-facts.ts';
import { checkNodes } from './check-nodes.ts';
import { checkOrder } from './check-order.ts';
import { checkPair } from './check-pair.ts';
import { checkRepository } from './check-repository.ts';
import { checkSettings } from './check-settings.ts';
import { checkVersions } from './check-versions.ts';
import { clusterSettings } from './cluster-settings.ts';
import { checkUnusedValues, componentValues } from './component-values.ts';
import type { GoodValues } from './good-values.ts';
import { provideCapabilities } from './provide-capabilities.ts';
import { type ComponentMembers, type ProductMembers, type Resolution, report } from './resolution.ts';
import type { MergedValues, ResolvedCluster, StageEdge } from './resolved-cluster.ts';
import { selectComponents } from './select-components.ts';
import { selectProducts } from './select-products.ts';
import { stageCycles } from './stage-cycles.ts';
import { stageEdges, stageKey } from './stage-edges.ts';
import { allStages } from './stages-of.ts';

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
  const services = bindServices(resolution, { members, values, capabilities });
  const edges = stageEdges({ products, components: members, capabilities, services });
  for (const cycle of stageCycles(edges)) reportCycle(resolution, cycle);
  const components = [...members].map(([name, { item: component, reasons }]) => ({
    component,
    values: values.get(name) as MergedValues,
    reasons,
    stages: allStages(component, services),
  }));
  if (!resolution.blocked) checkUnusedValues(resolution, members);
  const { diagnostics } = resolution;
  if (resolution.blocked || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const value: ResolvedCluster = {
    name,
    file: cluster.manifest.file,
    spec: specOf(settings),
    settings,
    ...(peer === undefined
      ? {}
      : { peer: { name: peer.cluster.name, spec: specOf(peer.settings), settings: peer.settings } }),
    documents: documentsOf([
      cluster.manifest,
      peer?.cluster.manifest,
      workspace.defaults,
      ...[...products.values()].map(({ item }) => item.manifest),
      ...components.flatMap(({ component }) => [
        component.manifest,
        component.defaults,
        ...component.answers.map(({ document }) => document),
      ]),
    ]),
    components,
    services,
    edges,
    facts,
    capabilities,
  };
  return { value, diagnostics };
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
