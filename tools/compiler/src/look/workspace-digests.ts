import { hash } from 'node:crypto';
import { byKey, isObject, memo, valueAt } from '@fluxwright/documents';
import { type Cluster, type ComponentSpec, serviceKinds, type Workspace } from '@fluxwright/model';

/** What decides the result of a cluster, as digests of what load has read of it. */
export interface WorkspaceDigests {
  /** What decides which components a cluster has: its manifest and its peer's, the defaults, and the catalogue. */
  cluster(name: string): string;
  /** What decides which components anybody has: the products, what components need and give, and what cannot be read. */
  readonly catalogue: string;
  /** Everything that load has read of a component; undefined where there is none. Equal names of two states mean equal bytes. */
  component(name: string): string | undefined;
}

/** Digests the texts of a workspace, those of installed components included: versions count for nothing here. */
export const workspaceDigests: (workspace: Workspace) => WorkspaceDigests = memo(digestsOf);

function digestsOf(workspace: Workspace): WorkspaceDigests {
  const components = componentDigests(workspace);
  const catalogue = digest([
    'catalogue',
    [...workspace.components.values()].map(({ folder, spec }) => [folder, deciding(spec)]),
    [...workspace.products.values()].map(({ folder, manifest }) => [folder, manifest.text]),
    [...workspace.broken].filter(isOfCatalogue).sort(),
  ]);
  return {
    catalogue,
    component: (name) => components.get(name),
    cluster: (name) => {
      const cluster = workspace.clusters.get(name);
      const peer = workspace.clusters.get(peerOf(workspace, cluster) ?? '');
      return digest([
        'cluster',
        name,
        catalogue,
        workspace.defaults?.text ?? '',
        cluster?.manifest.text ?? '',
        peer?.manifest.text ?? '',
      ]);
    },
  };
}

/** How a component installs itself matters to those that have it, and they have its own digest. */
function deciding(spec: ComponentSpec): Partial<ComponentSpec> {
  const { title: _, description: __, helm: ___, source: ____, footprint: _____, ...others } = spec;
  return others;
}

function isOfCatalogue(broken: string): boolean {
  return !broken.startsWith('clusters/') || broken === 'clusters/defaults';
}

function peerOf({ defaults }: Workspace, cluster: Cluster | undefined): string | undefined {
  const at = ['disasterRecovery', 'peer'];
  const shared = valueAt(defaults?.value ?? null, ['spec']);
  const peer = valueAt(cluster?.spec ?? {}, at) ?? (isObject(shared) ? valueAt(shared, at) : undefined);
  return typeof peer === 'string' ? peer : undefined;
}

function componentDigests({ components, sources }: Workspace): ReadonlyMap<string, string> {
  const files = [...sources];
  return new Map(
    [...components].map(([name, { folder, schema, spec, contracts }]) => {
      const own = files.filter(([file]) => file.startsWith(`${folder}/`)).sort(byKey);
      // The schema holds the definitions that it takes from beside the components; contracts lie there, too.
      const kinds = serviceKinds(spec).map((kind) => contracts.get(kind)?.request.text ?? null);
      return [name, digest(['component', own, schema.text, kinds])];
    }),
  );
}

function digest(parts: unknown): string {
  return hash('sha256', JSON.stringify(parts), 'hex');
}
