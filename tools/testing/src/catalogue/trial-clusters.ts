import path from 'node:path';
import type { JsonObject } from '@fluxwright/documents';
import type { Product, Workspace } from '@fluxwright/model';
import { type CheckCase, readChartCheck } from './chart-check.ts';
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
 * and each case of a component. The options of all choices advance together, and so do the cases of all components; a case
 * that belongs to choices is laid over every cluster that made them.
 */
export function trialClusters(workspace: Workspace, base: JsonObject): TrialCluster[] {
  const columns = [...[...workspace.products.values()].flatMap(choicesOf), policies];
  const cases = casesOf(workspace);
  const free = cases.map((each) => each.filter(({ choices }) => choices === undefined));
  const bound = cases.flat().filter(({ choices }) => choices !== undefined);
  const count = Math.max(...columns.map(({ options }) => options.length), ...free.map(({ length }) => length));
  return Array.from({ length: count }, (_, index) => {
    const chosen = Object.fromEntries(columns.map(({ key, options }) => [key, options[index % options.length]]));
    const spec = { ...base, ...chosen } as JsonObject;
    const fitting = [...free.flatMap((each) => each[index] ?? []), ...bound.filter((each) => fits(spec, each))];
    return { name: `trial-${index + 1}`, spec: fitting.reduce(withValues, spec) };
  });
}

interface Column {
  readonly key: string;
  readonly options: readonly unknown[];
}

const policies: Column = { key: 'policies', options: [{ enforcement: 'Enforce' }, { enforcement: 'Audit' }] };

function choicesOf({ spec }: Product): Column[] {
  return Object.entries(spec.choices ?? {}).map(([key, { options }]) => ({
    key,
    options: Object.entries(options)
      .filter(([, { maturity }]) => maturity !== 'coming')
      .map(([option]) => option),
  }));
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
