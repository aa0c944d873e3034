import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { FileTree } from '../src/index.ts';
import { readTree } from './disk-tree.ts';

/** Charts of the catalogue that lie in the operators' own Go modules, by the name that a HelmRelease gives them. */
const places: Readonly<Record<string, { readonly module: string; readonly folder: string }>> = {
  'cert-manager': { module: 'github.com/cert-manager/cert-manager', folder: 'deploy/charts/cert-manager' },
  cilium: { module: 'github.com/cilium/cilium', folder: 'install/kubernetes/cilium' },
  'external-dns': { module: 'sigs.k8s.io/external-dns', folder: 'charts/external-dns' },
  kyverno: { module: 'github.com/kyverno/kyverno', folder: 'charts/kyverno' },
};

/** Their names. */
export const chartNames: readonly string[] = Object.keys(places);

/**
 * The files of such a chart, of the version that the schema set pins, which is the one that the catalogue installs.
 * Dependencies in other repositories are left out: a module does not hold them.
 */
export function catalogueChart(name: string): FileTree {
  const { module, folder } = places[name] as { module: string; folder: string };
  const query = `${module}@${pinnedVersion(module)}`;
  const env = { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local' };
  const answer = execFileSync('go', ['mod', 'download', '-json', query], { cwd: tmpdir(), env, encoding: 'utf8' });
  const files = readTree(join((JSON.parse(answer) as { Dir: string }).Dir, folder));
  const chart = parse(Buffer.from(files['Chart.yaml'] ?? '').toString()) as {
    dependencies?: { repository?: string }[];
  };
  const dependencies = chart.dependencies?.filter(({ repository }) => repository === undefined);
  return { ...files, 'Chart.yaml': stringify({ ...chart, ...(dependencies === undefined ? {} : { dependencies }) }) };
}

function pinnedVersion(module: string): string {
  const pins = join(import.meta.dirname, '../../kubernetes-schemas/sources.json');
  const { sources } = JSON.parse(readFileSync(pins, 'utf8')) as { sources: { module: string; version: string }[] };
  const found = sources.find((source) => source.module === module);
  if (found === undefined) throw new Error(`the schema set has no ${module}`);
  return found.version;
}
