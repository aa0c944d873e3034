import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, diagnostic, didYouMean, maskDiagnostic, type Staged } from '@fluxwright/diagnostics';
import type { SourceDocument } from '@fluxwright/documents';
import { byKey, listFolders, mayExist, memoText, type ReadLog, readText, valueAt } from '@fluxwright/documents';
import { checkServices } from './check-services.ts';
import { findComponents } from './find-components.ts';
import { keepWorkspaceSecrets } from './keep-workspace-secrets.ts';
import { loadComponent } from './load-component.ts';
import { loadManifest, parseManifest } from './load-manifest.ts';
import {
  contractsFile,
  definitionsAbove,
  definitionsBeside,
  joinContracts,
  loadContracts,
  packedContractsFile,
  type ServiceContracts,
} from './service-contracts.ts';
import { serviceKinds } from './services.ts';
import { loadDefinitions } from './shared-definitions.ts';
import type { Cluster, Component, Product, ProductSpec, Workspace } from './workspace.ts';

export interface LoadOptions {
  /** Reads only these cluster manifests and those of their peers; all by default. */
  readonly clusters?: readonly string[];
}

/**
 * Reads a workspace: the only stage that reads inputs. Every finding of every file comes back at once, and what is broken
 * is left out of the value. Runs no engine and no code of a component.
 */
export function loadWorkspace(root: string, options: LoadOptions = {}): Staged<Workspace> {
  const log: ReadLog = { root: path.resolve(root), sources: new Map(), diagnostics: [] };
  const broken = new Set<string>();
  const { components, contracts } = loadComponents(log, broken);
  const products = loadProducts(log, broken);
  const clusterNames = listFolders(log, 'clusters');
  const defaults = loadDefaults(log, broken);
  const clusters = loadClusters(log, broken, options.clusters ?? clusterNames, clusterNames);
  log.diagnostics.push(...emptiness(log, clusterNames));
  const { sources } = log;
  const value = { root: log.root, components, contracts, products, clusters, clusterNames, broken, sources };
  const workspace = defaults === undefined ? value : { ...value, defaults };
  keepWorkspaceSecrets(workspace);
  return { value: workspace, diagnostics: log.diagnostics.map(maskDiagnostic) };
}

function loadComponents(log: ReadLog, broken: Set<string>): Pick<Workspace, 'components' | 'contracts'> {
  const components = new Map<string, Component>();
  const definitionsIn = memoText((folder) => loadDefinitions(log, folder));
  const shared = definitionsIn('components');
  const files = [loadContracts(log, { folder: 'components', name: contractsFile, shared, from: definitionsBeside })];
  const packed: ServiceContracts[] = [];
  for (const place of findComponents(log)) {
    const { folder, expectedName } = place;
    const definitions = definitionsIn(place.definitions);
    const component = loadComponent(log, place, definitions);
    // Of a folder that cannot be read, enough is said.
    if (log.diagnostics.every(({ primary }) => primary?.file !== folder))
      files.push(loadContracts(log, { folder, name: contractsFile, shared: definitions, from: definitionsAbove }));
    if (expectedName === undefined)
      packed.push(
        loadContracts(log, { folder, name: packedContractsFile, shared: definitions, from: definitionsBeside }),
      );
    if (component === undefined) broken.add(`components/${expectedName ?? path.posix.basename(folder)}`);
    else if (components.has(component.name)) log.diagnostics.push(twice(component, components.get(component.name)));
    else components.set(component.name, component);
  }
  const own = joinContracts(files);
  const brought = joinContracts(packed);
  log.diagnostics.push(...own.diagnostics, ...brought.diagnostics);
  // What a package was packed with holds where the workspace says nothing of the kind.
  const contracts = sorted(new Map([...brought.value, ...own.value]));
  const known = new Map([...components].map(([name, component]) => [name, { ...component, contracts }] as const));
  const readable = [...files, ...packed].every((each) => !each.broken);
  for (const [name, component] of known) {
    // Of contracts that cannot be read nothing more is said.
    const found = readable ? checkServices(component) : [];
    log.diagnostics.push(...found);
    if (readable ? found.length === 0 : serviceKinds(component.spec).length === 0) continue;
    known.delete(name);
    broken.add(`components/${name}`);
  }
  return { components: sorted(known), contracts };
}

function twice(component: Component, first: Component | undefined): Diagnostic {
  const label =
    first === undefined ? [] : [{ span: first.manifest.locate(['metadata', 'name']), message: 'the first' }];
  return diagnostic('load/duplicate-component', {
    message: `two packages declare the component "${component.name}"`,
    primary: component.manifest.locate(['metadata', 'name']),
    note: 'the second',
    labels: label,
    help: 'rename one, or remove its package from package.json',
  });
}

function loadProducts(log: ReadLog, broken: Set<string>): ReadonlyMap<string, Product> {
  const products = new Map<string, Product>();
  for (const name of listFolders(log, 'products')) {
    const folder = `products/${name}`;
    const manifest = loadManifest(log, { kind: 'product', folder, expectedName: name });
    if (manifest === undefined) broken.add(folder);
    else
      products.set(name, { name, folder, manifest: manifest.document, spec: manifest.spec as unknown as ProductSpec });
  }
  return products;
}

function loadDefaults(log: ReadLog, broken: Set<string>): SourceDocument | undefined {
  const file = 'clusters/defaults.yaml';
  if (!mayExist(log, file)) return undefined;
  const text = readText(log, file, 'clusters');
  const manifest = text === undefined ? undefined : parseManifest(log, 'cluster-defaults', file, text);
  if (manifest === undefined) broken.add('clusters/defaults');
  return manifest?.document;
}

function loadClusters(
  log: ReadLog,
  broken: Set<string>,
  wanted: readonly string[],
  all: readonly string[],
): ReadonlyMap<string, Cluster> {
  const clusters = new Map<string, Cluster>();
  const queue = [...new Set(wanted)];
  for (const name of queue) {
    if (!all.includes(name)) {
      if (wanted.includes(name)) log.diagnostics.push(unknownCluster(name, all));
      continue;
    }
    const folder = `clusters/${name}`;
    const manifest = loadManifest(log, { kind: 'cluster', folder, expectedName: name });
    if (manifest === undefined) {
      broken.add(folder);
      continue;
    }
    clusters.set(name, { name, folder, manifest: manifest.document, spec: manifest.spec });
    const peer = valueAt(manifest.spec, ['disasterRecovery', 'peer']);
    if (typeof peer === 'string' && !queue.includes(peer)) queue.push(peer);
  }
  return sorted(clusters);
}

/** The manifest of a cluster that was not asked for, as text and parsed; undefined where it cannot be read: its own build says why. */
export function readOtherCluster(
  root: string,
  name: string,
): { readonly text: string; readonly parse: () => Cluster | undefined } | undefined {
  const log: ReadLog = { root: path.resolve(root), sources: new Map(), diagnostics: [] };
  const folder = `clusters/${name}`;
  const text = readText(log, `${folder}/cluster.yaml`, folder);
  if (text === undefined) return undefined;
  const parse = (): Cluster | undefined => {
    const manifest = parseManifest(log, 'cluster', `${folder}/cluster.yaml`, text);
    return manifest && { name, folder, manifest: manifest.document, spec: manifest.spec };
  };
  return { text, parse };
}

function unknownCluster(name: string, all: readonly string[]): Diagnostic {
  const help = didYouMean(name, all);
  return diagnostic('resolve/unknown-cluster', {
    message: `there is no cluster "${name}"`,
    note: `no folder clusters/${name}`,
    ...(help === undefined ? {} : { help }),
  });
}

function emptiness(log: ReadLog, clusterNames: readonly string[]): readonly Diagnostic[] {
  if (clusterNames.length > 0) return [];
  const folders = ['components', 'products', 'clusters'];
  if (folders.every((folder) => !existsSync(path.join(log.root, folder)))) {
    return [
      diagnostic('load/no-workspace', {
        message: 'this folder is no Fluxwright workspace',
        note: 'it has none of components/, products/ and clusters/',
        help: 'run the command in the root of the repository, or name that with --root',
      }),
    ];
  }
  return [
    diagnostic('load/no-clusters', {
      message: 'the workspace has no cluster',
      primary: { file: 'clusters' },
      note: 'no folder in it',
      help: 'make one: npx nx g @fluxwright/nx-plugin:cluster NAME',
    }),
  ];
}

function sorted<T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...map].sort(byKey));
}
