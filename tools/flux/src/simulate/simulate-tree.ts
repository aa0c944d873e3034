import { by, compareText } from '@fluxwright/documents';
import { objectKey } from '@fluxwright/kubernetes';
import type { FluxNode } from '../tree/flux-node.ts';
import type { FluxTree } from '../tree/flux-tree.ts';
import { applied, fluxHappenings, ready } from './flux-happenings.ts';
import { type Happening, type HappeningOrder, orderHappenings } from './order-happenings.ts';
import type { NeverReady, SimulatedNode, Simulation } from './simulation.ts';
import { planTeardown } from './teardown.ts';
import { findUpgrades, findWakes } from './wakes.ts';

/**
 * Lets Flux 2.9 apply a tree, on an empty cluster or on one that has `previous` applied. Linear in the objects. What it models
 * stands at {@link fluxHappenings}, {@link planTeardown} and {@link findWakes}.
 */
export function simulateTree(
  tree: FluxTree,
  previous?: FluxTree,
  { durations = new Map(), attached = new Set() }: SimulateOptions = {},
): Simulation {
  const happenings = fluxHappenings(tree, previous && new Set(orderHappenings(fluxHappenings(previous)).order));
  const reached = orderHappenings(happenings);
  const times = timesOf({ tree, happenings, durations }, reached);
  const nodes = [...tree.nodes.values()].map((node) => simulated(node.key, node.dependsOn, times));
  const order = reached.order.filter((name) => name.startsWith('applied ')).map(keyOf);
  const waves = Map.groupBy(
    order.filter((key) => !attached.has(key)),
    (key) => times.get(applied(key))?.wave ?? 0,
  );
  const removed =
    previous === undefined ? topNodes(tree) : topNodes(previous).filter(({ key }) => !tree.nodes.has(key));
  return {
    cluster: tree.cluster,
    from: previous === undefined ? 'empty' : 'previous',
    nodes,
    order,
    waves: [...waves].sort(([a], [b]) => a - b).map(([, keys]) => keys.sort()),
    attached: [...tree.nodes.keys()].filter((key) => attached.has(key)).sort(),
    deadlocks: circles(reached),
    never: neverReady(reached),
    criticalPath: criticalPath(
      [...tree.nodes.keys()].filter((key) => !attached.has(key)),
      times,
    ),
    wakes: previous === undefined ? [] : findWakes(previous, tree),
    upgrades: previous === undefined ? [] : findUpgrades(previous, tree),
    teardown: planTeardown(removed),
  };
}

/** What is known of a tree that it does not say itself. */
export interface SimulateOptions {
  /**
   * Seconds that FluxKustomizations took from the moment they could start until they were ready, by key, where somebody has
   * measured them; all others count with their timeout.
   */
  readonly durations?: ReadonlyMap<string, number>;
  /** Keys of those that stand beside what runs. */
  readonly attached?: ReadonlySet<string>;
}

/** Those that the root applies: what these hold goes with them, and the root goes last of all. */
function topNodes({ nodes, owners }: FluxTree): readonly FluxNode[] {
  const isRoot = (key: string | undefined): boolean => {
    const node = key === undefined ? undefined : nodes.get(key);
    return node !== undefined && owners.get(objectKey(node.object)) === node.key;
  };
  return [...nodes.values()].filter(({ key, object }) => !isRoot(key) && isRoot(owners.get(objectKey(object))));
}

interface Time {
  readonly wave: number;
  readonly start: number;
  readonly end: number;
  /** What it waited for longest. */
  readonly after?: string;
}

interface Timing {
  readonly tree: FluxTree;
  readonly happenings: ReadonlyMap<string, Happening>;
  readonly durations: ReadonlyMap<string, number>;
}

/** A FluxKustomization takes its timeout at most from when it starts; what it waits for inside is part of that. */
function timesOf({ tree, happenings, durations }: Timing, { order }: HappeningOrder): ReadonlyMap<string, Time> {
  const times = new Map<string, Time>();
  for (const name of order) {
    const needs = (happenings.get(name)?.needs ?? []).filter((need) => times.has(need));
    const key = keyOf(name);
    const isReady = name.startsWith('ready ');
    times.set(
      name,
      isReady ? readyTime(key, times, durations.get(key) ?? mostOf(tree.nodes.get(key))) : timeAfter(needs, times),
    );
  }
  return times;
}

/** Seconds that a FluxKustomization waits for what it has applied. */
function mostOf(node: FluxNode | undefined): number {
  return node !== undefined && (node.wait || node.healthChecks.length > 0) ? node.timeout : 0;
}

function readyTime(key: string, times: ReadonlyMap<string, Time>, takes: number): Time {
  const { start = 0, wave = 0 } = times.get(applied(key)) ?? {};
  return { wave: wave + 1, start, end: start + takes, after: applied(key) };
}

function timeAfter(needs: readonly string[], times: ReadonlyMap<string, Time>): Time {
  const [after] = needs.toSorted((a, b) => endOf(b, times) - endOf(a, times) || compareText(a, b));
  const wave = Math.max(1, ...needs.map((need) => times.get(need)?.wave ?? 1));
  const start = after === undefined ? 0 : endOf(after, times);
  return { wave, start, end: start, ...(after !== undefined && { after }) };
}

function endOf(name: string, times: ReadonlyMap<string, Time>): number {
  return times.get(name)?.end ?? 0;
}

function simulated(key: string, dependsOn: readonly string[], times: ReadonlyMap<string, Time>): SimulatedNode {
  const begun = times.get(applied(key));
  const done = times.get(ready(key));
  return {
    key,
    dependsOn,
    ...(begun && { wave: begun.wave, startsBy: begun.start }),
    ...(done && { readyBy: done.end }),
  };
}

function criticalPath(keys: readonly string[], times: ReadonlyMap<string, Time>): Simulation['criticalPath'] {
  const last = keys
    .map(ready)
    .filter((name) => times.has(name))
    .toSorted((a, b) => endOf(b, times) - endOf(a, times) || compareText(a, b))[0];
  const path: { key: string; seconds: number }[] = [];
  for (let name = last; name !== undefined; name = times.get(name)?.after) {
    const time = times.get(name);
    if (name.startsWith('ready ') && time !== undefined && time.end > time.start)
      path.unshift({ key: keyOf(name), seconds: time.end - time.start });
  }
  return path;
}

function circles({ never }: HappeningOrder): readonly (readonly string[])[] {
  const found = new Map(
    [...never.values()].flatMap((cause) =>
      cause.kind === 'circle' ? [[cause.around, unique(cause.around.map(keyOf))] as const] : [],
    ),
  );
  return [...found.values()];
}

function neverReady({ never }: HappeningOrder): readonly NeverReady[] {
  const found = new Map<string, NeverReady>();
  for (const [name, cause] of never) {
    const kind = name.startsWith('released ') ? 'HelmRelease' : 'Kustomization';
    const id = `${kind} ${keyOf(name)}`;
    // That it never applies says more than that it is never ready.
    if (!found.has(id)) found.set(id, { kind, key: keyOf(name), cause });
  }
  const rank = ({ cause, kind, key }: NeverReady): string => `${ranks.indexOf(cause.kind)} ${kind} ${key}`;
  return [...found.values()].sort(by(rank));
}

/** What stands in its own way comes first, what only waits behind it last. */
const ranks: readonly NeverReady['cause']['kind'][] = ['blocked', 'circle', 'behind'];

function keyOf(name: string): string {
  return name.slice(name.indexOf(' ') + 1);
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
