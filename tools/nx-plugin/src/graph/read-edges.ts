import { edgesOf, loadWorkspace } from '@fluxwright/model';
import {
  type CatalogueRecord,
  type ClusterRecord,
  type EdgeRecords,
  readEdgeRecords,
  writeEdgeRecords,
} from './edge-store.ts';
import { digestOf, type FileHashes } from './file-hashes.ts';
import { readPeer } from './read-peer.ts';

/**
 * The edges of the model, made anew only where files that can change them have changed: those of a cluster follow from
 * its manifest, its peer's, the defaults, all component and product manifests, and which of these cannot be read. So a
 * changed value costs one read of the catalogue, and a changed cluster the work of one cluster, however large the fleet.
 */
export function readEdges(root: string, hashes: FileHashes): EdgeRecords {
  const known = readEdgeRecords();
  const files = [...hashes.keys()];
  const compiler = digestOf(
    hashes,
    files.filter((file) => /^tools\/(diagnostics|model)\/|^package(-lock)?\.json$/.test(file)),
  );
  const key = `${compiler} ${digestOf(
    hashes,
    files.filter((file) => /^(components|products)\//.test(file)),
  )}`;
  const catalogue = known?.catalogue.key === key ? known.catalogue : readCatalogue(root, key);
  const manifests = files.filter((file) =>
    /^(components|products)\/[^/]+\/\w+\.yaml$|^clusters\/defaults\.yaml$/.test(file),
  );
  const shared = `${compiler} ${digestOf(hashes, manifests)} ${catalogue.broken.join()}`;
  const keys = clusterKeys(root, hashes, shared);
  const kept = [...keys].filter(([name, each]) => known?.clusters[name]?.key === each).map(([name]) => name);
  const changed = [...keys.keys()].filter((name) => !kept.includes(name));
  if (
    known !== undefined &&
    known.catalogue === catalogue &&
    changed.length === 0 &&
    kept.length === Object.keys(known.clusters).length
  ) {
    return known;
  }
  const clusters = {
    ...pick(known?.clusters ?? {}, kept),
    ...readClusters(root, pick(Object.fromEntries(keys), changed)),
  };
  const records = { catalogue, clusters };
  writeEdgeRecords(records);
  return records;
}

function clusterKeys(root: string, hashes: FileHashes, shared: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const file of hashes.keys()) {
    const name = /^clusters\/([^/]+)\/cluster\.yaml$/.exec(file)?.[1];
    if (name === undefined) continue;
    const peer = readPeer(root, file);
    const own = [file, ...(peer === undefined ? [] : [`clusters/${peer}/cluster.yaml`])];
    keys.set(name, `${shared} ${digestOf(hashes, own)}`);
  }
  return keys;
}

function readCatalogue(root: string, key: string): CatalogueRecord {
  const { value } = loadWorkspace(root, { clusters: [] });
  return {
    key,
    broken: [...value.broken].sort(),
    folders: Object.fromEntries([...value.components].map(([name, { folder }]) => [name, folder])),
    edges: edgesOf(value),
  };
}

function readClusters(root: string, keys: Readonly<Record<string, string>>): Record<string, ClusterRecord> {
  const names = Object.keys(keys);
  if (names.length === 0) return {};
  const { value } = loadWorkspace(root, { clusters: names });
  const edges = Map.groupBy(
    edgesOf(value).filter(({ from }) => from.kind === 'cluster'),
    ({ from }) => from.name,
  );
  return Object.fromEntries(names.map((name) => [name, { key: keys[name] ?? '', edges: edges.get(name) ?? [] }]));
}

function pick<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  const wanted = new Set(names);
  return Object.fromEntries(Object.entries(record).filter(([name]) => wanted.has(name)));
}
