import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadWorkspace, type Product } from '@fluxwright/model';
import { stringify } from 'yaml';
import { copyCatalogue } from './copy-catalogue.ts';
import { trialClusters } from './trial-clusters.ts';

/** Nodes with room for any component beside those of a sample cluster. */
export const roomyNodes = { pools: [{ name: 'system', count: 40, cpu: 8, memory: '16Gi' }] };

/**
 * Copies the catalogue of a workspace to an empty folder, with the trial clusters, which vary the first cluster of the
 * workspace. What an option requires of other choices is left out of the copy, so that options which belong to providers
 * that are still to come are tried too. Returns the names of the clusters.
 */
export function makeTrialWorkspace(root: string, folder: string): string[] {
  const workspace = loadWorkspace(root).value;
  copyCatalogue(root, folder);
  for (const product of workspace.products.values()) {
    writeYaml(path.join(folder, product.folder, 'product.yaml'), withoutRequirements(product));
  }
  const [sample] = workspace.clusters.values();
  if (sample === undefined) throw new Error(`there is no cluster in ${root}/clusters`);
  // What the sample has beside its products is tried with all that no product has.
  const { disasterRecovery: _, components: __, ...others } = sample.spec;
  const base = { ...others, nodes: roomyNodes };
  const trials = trialClusters(workspace, base);
  for (const { name, spec } of trials) {
    const manifest = {
      apiVersion: 'fluxwright.dev/v1',
      kind: 'Cluster',
      metadata: { name },
      spec: { ...spec, domain: `${name}.example.com` },
    };
    writeYaml(path.join(folder, 'clusters', name, 'cluster.yaml'), manifest);
  }
  return trials.map(({ name }) => name);
}

function withoutRequirements({ manifest, spec }: Product): unknown {
  const choices = Object.entries(spec.choices ?? {}).map(([key, choice]) => {
    const options = Object.entries(choice.options).map(([name, { requires: _, ...option }]) => [name, option]);
    return [key, { ...choice, options: Object.fromEntries(options) }];
  });
  return { ...(manifest.value as object), spec: { ...spec, choices: Object.fromEntries(choices) } };
}

function writeYaml(file: string, value: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, stringify(value, { aliasDuplicateObjects: false }));
}
