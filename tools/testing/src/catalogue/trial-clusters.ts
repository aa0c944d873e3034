import path from 'node:path';
import type { JsonObject } from '@fluxwright/documents';
import {
  type Component,
  loadComponentTests,
  type Product,
  type StandIns,
  standIns,
  type Workspace,
} from '@fluxwright/model';
import { type CheckCase, readChartCheck } from './chart-check.ts';
import { withFittingValues } from './fitting-values.ts';
import { mergeChartValues } from './merge-chart-values.ts';

/** A cluster to try: its name and the spec of its manifest. */
export interface TrialCluster {
  readonly name: string;
  readonly spec: JsonObject;
}

interface ComponentCase extends CheckCase {
  readonly component: string;
}

/**
 * As few clusters over `base` as try everything once: each available option of each choice, each enforcement of policies,
 * each component that no product has, each that a cluster can have in the place of a product's, and each case of a component. The options of all choices
 * advance together, and so do the cases of all components; a case that belongs to choices is laid over every cluster that made them. An option of which
 * there is an even number comes twice in a row, so that it meets all components, which are in every other cluster.
 */
export function trialClusters(workspace: Workspace, base: JsonObject): TrialCluster[] {
  const others = standIns(workspace);
  const listed = componentsOf(workspace, others);
  const alone = new Set(listed.options.flat() as readonly string[]);
  const columns = [...everywhere(workspace).flatMap(choicesOf), policies].map(inPairs);
  const cases = casesOf(workspace);
  const free = cases.map((each) => each.filter(({ choices }) => choices === undefined));
  const bound = cases.flat().filter(({ choices }) => choices !== undefined);
  const row = (index: number): JsonObject => {
    const chosen = [...columns, listed].map(({ key, options }) => [key, options[index % options.length]]);
    return { ...base, ...Object.fromEntries(chosen) } as JsonObject;
  };
  const count = Math.max(
    ...[...columns, listed].map(({ options }) => options.length),
    ...free.map((each) => rows(each, (index) => has(row(index), each[0], { others, alone }), listed.options.length)),
  );
  const seen = new Map<string, number>();
  const inTurn = Array.from({ length: count }, (_, index) => row(index));
  // Options that come together in no row get one of their own.
  const together = bound.filter((each) => !inTurn.some((spec) => fits(spec, each)));
  const further = together.map(({ choices }): JsonObject => ({ ...inTurn[0], ...choices }));
  return [...inTurn, ...further].map((spec, index) => {
    const next = free.flatMap(([first, ...more]) => {
      if (first === undefined || !has(spec, first, { others, alone })) return [];
      const position = seen.get(first.component) ?? 0;
      seen.set(first.component, position + 1);
      return [first, ...more][position] ?? [];
    });
    const fitting = [...next, ...bound.filter((each) => fits(spec, each) && has(spec, each, { others, alone }))];
    return { name: `trial-${index + 1}`, spec: withFittingValues(workspace, fitting.reduce(withValues, spec)) };
  });
}

interface Column {
  readonly key: string;
  readonly options: readonly unknown[];
}

function inPairs({ key, options }: Column): Column {
  return options.length % 2 === 1 ? { key, options } : { key, options: options.flatMap((option) => [option, option]) };
}

const policies: Column = { key: 'policies', options: [{ enforcement: 'Enforce' }, { enforcement: 'Audit' }] };

/** Products that every cluster has; what others bring is tried as components that no product has. */
function everywhere({ products }: Workspace): readonly Product[] {
  return [...products.values()].filter(({ spec }) => spec.mandatory === true);
}

function choicesOf({ spec }: Product): Column[] {
  return Object.entries(spec.choices ?? {}).map(([key, { options }]) => ({
    key,
    options: Object.entries(options)
      .filter(([, { maturity }]) => maturity !== 'coming')
      .map(([option]) => option),
  }));
}

/** In turn all components that no product has and that stand in nobody's place, and one that does. */
function componentsOf(workspace: Workspace, others: StandIns): Column {
  const named = new Set(everywhere(workspace).flatMap(({ spec }) => (spec.components ?? []).map(({ name }) => name)));
  const alone = [...workspace.components.values()]
    .filter(({ name, spec }) => spec.maturity !== 'coming' && !named.has(name) && !others.has(name))
    .filter((component) => !isOfPairs(workspace, component))
    .map(({ name }) => name);
  const needs = new Map(alone.flatMap((name) => neededStandIn(workspace, name, others)));
  const all = alone.filter((name) => !needs.has(name));
  const beside = (other: string): readonly string[] =>
    [...needs].filter(([, by]) => by === other).map(([name]) => name);
  const options = [...others.keys()].flatMap((name) => [all, [name, ...beside(name)]]);
  return { key: 'components', options: options.length === 0 ? [all] : options };
}

/** The stand-in without which a component does not compile: each of its own cases has it. */
function neededStandIn(workspace: Workspace, name: string, others: StandIns): readonly (readonly [string, string])[] {
  const component = workspace.components.get(name);
  const tests = component === undefined ? [] : loadComponentTests(workspace, component).value.tests;
  const needed = [...others.keys()].find(
    (other) => tests.length > 0 && tests.every(({ spec }) => spec.also?.some((each) => each.name === other)),
  );
  return needed === undefined ? [] : [[name, needed]];
}

/** Whether a component is only for one of a pair, which no trial cluster is: each of its own cases has a peer. */
export function isOfPairs(workspace: Workspace, component: Component): boolean {
  const { tests } = loadComponentTests(workspace, component).value;
  return tests.length > 0 && tests.every(({ spec }) => spec.peer !== undefined);
}

/** How many clusters it takes until each case of a component had its turn; after a period all components came once. None has a component of pairs. */
function rows(cases: readonly ComponentCase[], isThere: (row: number) => boolean, period: number): number {
  if (!Array.from({ length: period }, (_, row) => row).some(isThere)) return 0;
  let row = 0;
  for (let tried = 0; tried < cases.length; row += 1) if (isThere(row)) tried += 1;
  return row;
}

/** Whether the cluster has the component of a case, as far as its own list and stand-ins decide it. */
function has(
  { components }: JsonObject,
  of: ComponentCase | undefined,
  { others, alone }: { readonly others: StandIns; readonly alone: ReadonlySet<string> },
): boolean {
  if (of === undefined) return false;
  const { component } = of;
  const named = components as readonly string[];
  return others.has(component) || alone.has(component)
    ? named.includes(component)
    : !named.some((name) => others.get(name)?.includes(component));
}

/** The cases of each component. */
function casesOf({ root, components }: Workspace): ComponentCase[][] {
  return [...components.values()].map(({ name, folder }) =>
    readChartCheck(path.join(root, folder, 'helm/chart-check.yaml')).cases.map((each) => ({
      ...each,
      component: name,
    })),
  );
}

function fits(spec: JsonObject, { choices }: ComponentCase): boolean {
  return Object.entries(choices ?? {}).every(([key, option]) => spec[key] === option);
}

function withValues(spec: JsonObject, { component, values }: ComponentCase): JsonObject {
  return mergeChartValues(spec, { values: { [component]: values } }) as JsonObject;
}
