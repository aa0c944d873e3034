import { basename, dirname } from 'node:path';
import type { CreateNodes, CreateNodesResult, CreateNodesResultArray, ProjectConfiguration } from '@nx/devkit';
import { clusterTargets } from './cluster-targets.ts';
import { componentTargets } from './component-targets.ts';
import { fleetTargets } from './fleet-targets.ts';
import { type ProjectKind, projectName } from './project-name.ts';
import { readPeer } from './read-peer.ts';
import { sharedFiles, sharedInputs } from './shared-files.ts';
import { type TestParts, testParts } from './test-parts.ts';

const pattern = '{components/*/component,products/*/product,clusters/*/cluster,clusters/defaults}.yaml';

/**
 * Makes a project of every component, product and cluster folder, and `clusters` of the folder above them. Only paths
 * count, the name of a cluster's peer, and what a component is tested with: a manifest with errors still is a project, so that building it prints what is
 * wrong with it.
 */
export const createNodes: CreateNodes = [
  pattern,
  (files, _options, context): CreateNodesResultArray => {
    const hasClusters = files.some((file) => basename(file) === 'cluster.yaml');
    const manifests = files.filter((file) => basename(file) === 'component.yaml');
    const { workspaceRoot: root, nxJsonConfiguration } = context;
    const sources = nxJsonConfiguration.namedInputs?.sources ?? ['{projectRoot}/**/*'];
    const known = { root, hasClusters, sources, parts: testParts(root, manifests) };
    return files.map((file) => [file, { projects: projectsOf(file, known) }] as const);
  },
];

interface Known {
  readonly root: string;
  readonly hasClusters: boolean;
  /** What Nx counts as the sources of a project. */
  readonly sources: NonNullable<ProjectConfiguration['namedInputs']>[string];
  readonly parts: TestParts;
}

function projectsOf(file: string, known: Known): NonNullable<CreateNodesResult['projects']> {
  const { root, hasClusters } = known;
  const folder = dirname(file);
  if (basename(file) === 'defaults.yaml') {
    return { [folder]: { name: 'clusters', tags: ['kind:fleet'], targets: fleetTargets(hasClusters) } };
  }
  const kind = basename(file, '.yaml') as ProjectKind;
  const name = basename(folder);
  return {
    [folder]: {
      name: projectName(kind, name),
      tags: [`kind:${kind}`],
      ...(kind === 'cluster' ? { targets: clusterTargets(name, readPeer(root, file)) } : {}),
      ...(kind === 'component' ? componentParts(name, known) : {}),
    },
  };
}

/** What a component takes of the files that all share is a source of it as if it lay in it, so whoever has it is affected. */
function componentParts(name: string, { root, sources, parts }: Known): Partial<ProjectConfiguration> {
  const own = parts[name];
  const shared = (each: string) => sharedFiles(root, `components/${each}`);
  const all = own?.map(shared);
  const mine = sharedInputs(shared(name));
  return {
    targets: componentTargets(name, {
      parts: own,
      shared: sharedInputs({
        definitions: all?.some(({ definitions }) => definitions) ?? true,
        contracts: all?.some(({ contracts }) => contracts) ?? true,
      }),
    }),
    ...(mine.length > 0 && { namedInputs: { sources: [...sources, ...mine] } }),
  };
}
