import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasErrors } from '@fluxwright/diagnostics';
import { loadWorkspace, type ResolvedCluster, resolveCluster } from '@fluxwright/model';
import type { RenderPlan } from '../src/data/render-plan.ts';
import type { RenderedCluster, Resource } from '../src/data/rendered-cluster.ts';
import { orderCluster } from '../src/order/order-cluster.ts';
import { namespaceConflicts, namespaceOwners } from '../src/plan/namespace-owners.ts';
import { planCluster } from '../src/plan/plan-cluster.ts';
import { placeStages } from '../src/render/place-stages.ts';
import { makeRenderCache, type RenderCache } from '../src/render/render-cache.ts';
import { renderStages } from '../src/render/render-stages.ts';

/** Text of each file, by its path from the root. */
export type Files = Readonly<Record<string, string>>;

/** The files of a component that does nothing yet; `spec` is YAML below `spec:`, two spaces in. */
export function component(name: string, spec = '', files: Files = {}): Files {
  const folder = `components/${name}`;
  const own = Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text] as const);
  return {
    [`${folder}/package.json`]: JSON.stringify({
      name: `@sample/${name}`,
      version: '0.1.0',
      private: true,
      fluxwright: { component: '.' },
    }),
    [`${folder}/component.yaml`]: manifest(
      'Component',
      name,
      `  title: ${name}\n  description: Serves ${name}.\n${spec}`,
    ),
    [`${folder}/values.schema.json`]: JSON.stringify({ type: 'object', additionalProperties: false, properties: {} }),
    ...Object.fromEntries(own),
  };
}

/** The files of a cluster; `spec` is YAML below `spec:`. */
export function cluster(name: string, spec: string): Files {
  return { [`clusters/${name}/cluster.yaml`]: manifest('Cluster', name, `  domain: ${name}.example.com\n${spec}`) };
}

export const defaults: Files = {
  'clusters/defaults.yaml': manifest(
    'ClusterDefaults',
    'defaults',
    '  kubernetes: {distribution: k3s, version: "1.36"}\n  flux: {version: "2.9"}\n  git: {url: https://git.example.com/fleet.git, secretRef: flux-system}\n',
  ),
};

function manifest(kind: string, name: string, spec: string): string {
  return `apiVersion: fluxwright.dev/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n${spec}`;
}

/** Writes files below a folder. */
export function writeFiles(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** The files of two clusters that stand in for each other, with the same components; `says` is what else each says of its part in the pair. */
export function pair(components: readonly string[], says: Readonly<Record<'north' | 'south', string>>): Files {
  const side = (own: keyof typeof says, peer: string, network: string): Files =>
    cluster(
      own,
      `  components: [${components.join(', ')}]\n  network: {podCIDR: ${network}}\n  disasterRecovery: {peer: ${peer}, ${says[own]}}\n`,
    );
  return { ...side('north', 'south', '10.40.0.0/16'), ...side('south', 'north', '10.44.0.0/16') };
}

/** Loads and resolves the clusters of a workspace made of `files`; throws where that finds an error. */
export function resolveFiles(files: Files): readonly ResolvedCluster[] {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-sample-'));
  try {
    writeFiles(root, { ...defaults, ...files });
    const { value: workspace, diagnostics } = loadWorkspace(root);
    const resolved = workspace.clusterNames.map((name) => resolveCluster(workspace, name));
    const found = [...diagnostics, ...resolved.flatMap((each) => each.diagnostics)];
    if (hasErrors(found)) throw new Error(found.map(({ message, note }) => `${message} (${note})`).join('\n'));
    return resolved.flatMap(({ value }) => value ?? []);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export interface Rendered extends RenderedCluster {
  readonly plan: RenderPlan;
  /** `code: message` of every finding. */
  readonly findings: readonly string[];
}

/** Plans and renders a cluster. */
export function render(resolved: ResolvedCluster, cache: RenderCache = makeRenderCache()): Rendered {
  const plan = planCluster(resolved);
  const namespaces = namespaceOwners(resolved);
  const stages = renderStages({ cluster: resolved, plan: plan.value, cache, namespaces });
  const value = orderCluster(placeStages(resolved, stages.value));
  const conflicts = namespaces.flatMap((claim) => namespaceConflicts(resolved.name, claim));
  const diagnostics = [...stages.diagnostics, ...conflicts];
  const findings = [...plan.diagnostics, ...diagnostics].map(({ code, message }) => `${code}: ${message}`);
  return { ...value, plan: plan.value, findings };
}

/** {@link render} of a workspace's first cluster. */
export function renderFiles(files: Files): Rendered {
  const [first] = resolveFiles(files);
  if (first === undefined) throw new Error('the sample has no cluster');
  return render(first);
}

/** The object in the file at `path`. */
export function objectAt({ resources }: RenderedCluster, path: string): Resource {
  const found = resources.find((each) => each.path === path);
  if (found === undefined) throw new Error(`no ${path} among\n${resources.map((each) => each.path).join('\n')}`);
  return found;
}
