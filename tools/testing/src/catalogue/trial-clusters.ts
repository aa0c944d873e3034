import path from 'node:path';
import type { JsonObject, Product, Workspace } from '@fluxwright/model';
import { type CheckCase, readChartCheck } from './chart-check.ts';
import { mergeChartValues } from './merge-chart-values.ts';

/** A cluster to try: its name and the spec of its manifest. */
export interface TrialCluster {
  readonly name: string;
  readonly spec: JsonObject;
}

interface ComponentCase extends CheckCase {
  readonly component: string;
  /** From 1, in the order of the component's helm/chart-check.yaml. */
  readonly number: number;
}

/**
 * Clusters that between them take every branch of the templates, each one change away from `base`: one for each available
 * option of each choice, one for each enforcement of policies, one for each case of a component. Cases that belong to
 * choices are laid over the clusters that made these choices.
 */
export function trialClusters(workspace: Workspace, base: JsonObject): TrialCluster[] {
  const cases = casesOf(workspace);
  const choices = [...workspace.products.values()].flatMap(optionsOf).map(({ key, option }) => ({
    name: `choice-${key.toLowerCase()}-${option}`,
    spec: { ...base, [key]: option },
  }));
  const policies = ['Audit', 'Enforce'].map((enforcement) => ({
    name: `policies-${enforcement.toLowerCase()}`,
    spec: { ...base, policies: { enforcement } },
  }));
  const single = cases
    .filter((each) => each.choices === undefined)
    .map((each) => ({ name: `case-${each.component}-${each.number}`, spec: withValues(base, each) }));
  return [...choices, ...policies, ...single].map(({ name, spec }) => ({
    name,
    spec: cases.filter((each) => each.choices !== undefined && fits(spec, each.choices)).reduce(withValues, spec),
  }));
}

function casesOf({ root, components }: Workspace): ComponentCase[] {
  return [...components.values()].flatMap(({ name, folder }) =>
    readChartCheck(path.join(root, folder, 'helm/chart-check.yaml')).cases.map((each, index) => ({
      ...each,
      component: name,
      number: index + 1,
    })),
  );
}

function optionsOf({ spec }: Product): { key: string; option: string }[] {
  return Object.entries(spec.choices ?? {}).flatMap(([key, { options }]) =>
    Object.entries(options)
      .filter(([, { maturity }]) => maturity !== 'coming')
      .map(([option]) => ({ key, option })),
  );
}

function withValues(spec: JsonObject, { component, values }: ComponentCase): JsonObject {
  return mergeChartValues(spec, { values: { [component]: values } }) as JsonObject;
}

function fits(spec: JsonObject, choices: Readonly<Record<string, string>>): boolean {
  return Object.entries(choices).every(([key, option]) => spec[key] === option);
}
