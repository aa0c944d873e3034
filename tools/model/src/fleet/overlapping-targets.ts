import { by } from '@fluxwright/documents';
/** Where a cluster's tree goes: `spec.git` of its manifest. */
export interface ClusterTarget {
  readonly cluster: string;
  /** Clone URL. */
  readonly url: string;
  readonly branch: string;
  /** Folder in the repository. */
  readonly path: string;
}

/** Two clusters whose folders meet. */
export interface TargetOverlap {
  readonly cluster: string;
  readonly other: string;
  /** `same`: one folder for both; `inside`: the cluster's folder lies in that of the other. */
  readonly how: 'same' | 'inside';
}

/**
 * Clusters of a fleet that would be published into one folder of one branch, or one into the folder of another: publishing
 * one would remove the other. One finding a pair, sorted by cluster and other; of two equal folders the later name has
 * it. Repositories are the same where host, owner and name are, whatever the transport.
 */
export function overlappingTargets(targets: readonly ClusterTarget[]): readonly TargetOverlap[] {
  const found: TargetOverlap[] = [];
  for (const group of Map.groupBy(targets, repositoryBranch).values()) {
    const owners = new Map<string, string>();
    const sorted = [...group].sort(by(({ cluster }) => cluster));
    for (const { cluster, path } of sorted) {
      const folder = folderOf(path);
      const other = owners.get(folder);
      if (other === undefined) owners.set(folder, cluster);
      else found.push({ cluster, other, how: 'same' });
    }
    for (const { cluster, path } of sorted)
      for (const above of foldersAbove(folderOf(path))) {
        const other = owners.get(above);
        if (other !== undefined) found.push({ cluster, other, how: 'inside' });
      }
  }
  return found.sort(
    by(
      ({ cluster }) => cluster,
      ({ other }) => other,
    ),
  );
}

/**
 * A key that is equal for two addresses of one repository: `https://host/a/b`, `https://HOST:443/a/b.git/` and
 * `ssh://git@host:2222/a/b.git`. Names of owners and repositories differ in more than case on every forge. The port of SSH
 * says nothing about that of HTTP, so it is left out; of HTTP it stays, where it is not the default.
 */
export function repositoryKey(url: string): string {
  if (!URL.canParse(url)) return url;
  const { protocol, hostname, port, pathname } = new URL(url);
  const name = pathname
    .toLowerCase()
    .replace(/\/+/g, '/')
    .replace(/\/$/, '')
    .replace(/\.git$/, '');
  return `${hostname.toLowerCase()}${protocol === 'ssh:' || port === '' ? '' : `:${port}`}${name}`;
}

function repositoryBranch({ url, branch }: ClusterTarget): string {
  return JSON.stringify([repositoryKey(url), branch]);
}

function folderOf(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

function foldersAbove(folder: string): readonly string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return parts.map((_, index) => parts.slice(0, index).join('/'));
}
