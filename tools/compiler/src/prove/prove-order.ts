import { type Diagnostic, diagnostic, type Label } from '@fluxwright/diagnostics';
import { type StageId, stageCycles, stageKey } from '@fluxwright/model';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import type { MatchedNeed, NeedMatches } from '../needs/match-needs.ts';
import type { Need } from '../needs/need.ts';
import { needyTitle, thingTitle } from '../needs/need-title.ts';
import { provisionSpan } from '../needs/provision.ts';
import { isReleased } from '../needs/staged-resources.ts';
import { targetOf } from '../order/derive-edges.ts';
import { type EmittedOrder, emittedOrder } from './emitted-order.ts';
import { needFinding } from './need-finding.ts';

/**
 * Proves that the order Flux gets is enough: whatever an object needs is there before it, by the `dependsOn` that was
 * emitted, or by the order that Flux keeps within one FluxKustomization. Every edge that was meant is looked for too.
 */
export function proveOrder(rendered: RenderedCluster, { matches }: NeedMatches): readonly Diagnostic[] {
  const order = emittedOrder(rendered);
  const lost = rendered.edges
    .filter(({ from, to }) => !order.waits(stageKey(from), stageKey(to)))
    .flatMap(({ from, to, reasons: [reason] }) => {
      if (reason === undefined) return [];
      return diagnostic('prove/unordered', {
        message: `FluxKustomization ${stageKey(from)} does not wait for ${stageKey(to)}`,
        primary: reason.span,
        note: reason.text,
        help: `its dependsOn must reach ${stageKey(to)}`,
      });
    });
  // A stage without objects is never applied.
  const applied = new Set(rendered.stages.map(stageKey));
  const needy = matches.filter(({ need }) => applied.has(stageKey(need.stage)));
  return [...lost, ...needy.flatMap((match) => unordered(match, order))];
}

function unordered(match: MatchedNeed, order: EmittedOrder): readonly Diagnostic[] {
  const { need, providers, isGiven } = match;
  const sameStage = providers.filter(({ stage }) => stage !== undefined && stageKey(stage) === stageKey(need.stage));
  if (sameStage.length > 0) {
    // The order within a release is Helm's.
    const isInRelease = need.resource !== undefined && isReleased(need.resource);
    const isSafe = !need.atOnce || isInRelease || providers.some(({ stage, isObject }) => isObject || isBefore(stage));
    return isGiven || isSafe ? [] : [inOneStage(match)];
  }
  const target = targetOf(match, order.waits);
  return target === undefined || order.waits(stageKey(need.stage), stageKey(target)) ? [] : [notWaited(match, target)];

  function isBefore(stage: StageId | undefined): boolean {
    return stage === undefined || order.waits(stageKey(need.stage), stageKey(stage));
  }
}

/**
 * Flux applies definitions and namespaces of a folder first and waits for them (github.com/fluxcd/pkg/ssa), but what a
 * chart or another source brings comes later than the rest of the folder.
 */
function inOneStage(match: MatchedNeed): Diagnostic {
  const { need } = match;
  const thing = thingTitle(need.id);
  const folder = `${need.stage.component}/${need.stage.stage}`;
  return needFinding('prove/unordered', need, {
    message: `${needyTitle(need)} is applied together with what brings ${thing}`,
    note: `both are in the ${need.stage.stage} stage of "${need.stage.component}"`,
    labels: providerLabels(match),
    help:
      need.stage.stage === 'install'
        ? `move it to components/${need.stage.component}/configure/: the API server refuses it until ${thing} is there`
        : `put what brings ${thing} into a stage before ${folder}`,
  });
}

function notWaited(match: MatchedNeed, target: StageId): Diagnostic {
  const { need } = match;
  return needFinding('prove/unordered', need, {
    message: `${needyTitle(need)} may be applied before ${thingTitle(need.id)} is there`,
    note: `${stageKey(need.stage)} does not wait for ${stageKey(target)}`,
    labels: providerLabels(match),
    help: helpToWait(need, target),
  });
}

/** Order is derived from the objects of the tree; what only a chart needs has to be said. */
function helpToWait({ stage, resource }: Need, target: StageId): string {
  if (target.stage === 'attach') {
    return `nobody waits for what is attached: let it come with a service of the phase before, or do without it`;
  }
  if (target.stage === 'pair') {
    return `nobody outside a pair waits for what crosses to the other cluster: a cluster must start without it`;
  }
  return resource !== undefined && isReleased(resource)
    ? `write requires: {components: [${target.component}]} in components/${stage.component}/component.yaml`
    : `the dependsOn of FluxKustomization ${stageKey(stage)} must reach ${stageKey(target)}`;
}

function providerLabels({ providers }: MatchedNeed): readonly Label[] {
  return providers.slice(0, 1).map((each) => ({ span: provisionSpan(each), message: 'it comes from here' }));
}

/** No stage waits for itself, with the edges that only the objects know. Says each step of the circle with its reason. */
export function orderCycles(rendered: RenderedCluster): readonly Diagnostic[] {
  return stageCycles(rendered.edges).flatMap((cycle) => {
    const [first] = cycle;
    if (first === undefined) return [];
    const names = [...cycle.map(({ from }) => from), first.from].map(stageKey);
    const [start, ...others] = cycle.flatMap(({ reasons }) => reasons.slice(-1));
    if (start === undefined) return [];
    return diagnostic('prove/cycle', {
      message: `FluxKustomizations wait for each other: ${names.join(' → ')}`,
      primary: start.span,
      note: start.text,
      labels: others.map(({ span, text }) => ({ span, message: text })),
      help: 'move one of these objects to another stage or component, so that the circle opens',
    });
  });
}
