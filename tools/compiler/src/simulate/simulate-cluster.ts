import type { Diagnostic } from '@fluxwright/diagnostics';
import { placeOf, type Simulation, simulateTree, simulationFindings } from '@fluxwright/flux';
import { objectKey } from '@fluxwright/kubernetes';
import { isBeside, stageKey } from '@fluxwright/model';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { releasedNow } from '../pair/pair-releases.ts';
import { renderedTree } from '../pair/rendered-tree.ts';

/** What Flux does with a cluster's tree on an empty cluster. */
export function simulateRendered(rendered: RenderedCluster): Simulation {
  const tree = renderedTree(rendered);
  return simulateTree({ ...tree, releases: releasedNow(rendered, tree) }, undefined, {
    attached: attachedOf(rendered),
  });
}

/** The FluxKustomizations that stand beside what runs. */
export function attachedOf({ stages }: RenderedCluster): ReadonlySet<string> {
  return new Set(stages.filter(({ stage }) => isBeside(stage)).map((each) => `flux-system/${stageKey(each)}`));
}

/** What of a cluster's tree can never become ready on an empty cluster. */
export function simulateCluster(rendered: RenderedCluster): readonly Diagnostic[] {
  const found = neverReady(simulateRendered(rendered), rendered);
  return found.map((each) => ({ ...each, cluster: rendered.cluster.name }));
}

/** What never becomes ready, at the lines of templates that say so. */
export function neverReady(simulation: Simulation, rendered: RenderedCluster): readonly Diagnostic[] {
  const { byKey } = renderedTree(rendered);
  return simulationFindings(simulation, (id, path) => {
    const object = byKey.get(objectKey(id));
    return object && placeOf(object, path);
  });
}
