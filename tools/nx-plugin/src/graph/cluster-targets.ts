import type { TargetConfiguration } from '@nx/devkit';
import { projectName } from './project-name.ts';

/** What is special about a target of a cluster. */
interface TargetRow {
  readonly description: (cluster: string) => string;
  /** Options that its help shows. */
  readonly example?: Readonly<Record<string, string>>;
  readonly technologies?: readonly string[];
  /** Works on the tree that a build wrote. */
  readonly onBuild?: true;
  /** How Nx hears of what can change the result: it is told the inputs, and may keep the result where `cache` says so. */
  readonly watched?: { readonly cache: boolean; readonly reads?: 'tree'; readonly writes?: 'tree' };
}

const rows = {
  build: {
    description: (cluster) => `Compile ${cluster} into generated/${cluster}`,
    example: { format: 'json' },
    watched: { cache: false, writes: 'tree' },
  },
  validate: { description: (cluster) => `Check ${cluster} and write nothing`, watched: { cache: false } },
  lint: {
    description: (cluster) => `Say what Flux makes of generated/${cluster}`,
    example: { flux: 'v2.9' },
    onBuild: true,
    watched: { cache: true, reads: 'tree' },
  },
  diff: {
    description: (cluster) => `Show what publishing ${cluster} would change, by object and field`,
    example: { format: 'markdown' },
    onBuild: true,
  },
  publish: {
    description: (cluster) => `Publish generated/${cluster} to the repository Flux reads`,
    example: { mode: 'pull-request' },
    technologies: ['gitea'],
    onBuild: true,
  },
  explain: {
    description: (cluster) => `Say which files and lines an object or value of ${cluster} came from`,
    example: { object: 'GitRepository/flux-system', path: 'spec.url' },
  },
  capacity: {
    description: (cluster) => `Sum up what ${cluster} asks of its nodes`,
    example: { format: 'markdown' },
  },
  simulate: { description: (cluster) => `Let Flux apply ${cluster}, on paper`, example: { from: 'origin/main' } },
  changes: {
    description: (cluster) => `Show which objects the next build of ${cluster} loses, moves or makes anew`,
    example: { from: 'origin/main' },
  },
} as const satisfies Readonly<Record<string, TargetRow>>;

/**
 * Targets of one cluster. Their inputs name all that can change the result: the cluster's folder; through Nx's edges the
 * components and products it uses, the npm packages and the compiler (`^sources`); the executors; the fleet's defaults; the charts at hand; the
 * manifest of its disaster-recovery peer; and Node. The peer is a file and no edge, because a change in a component that
 * only the peer has must not reach this cluster. What `lint` reads is what its build made, and the version of Flux.
 *
 * From the inputs of `build` and `validate` Nx tells what a change affects; it caches neither. Restoring a tree would pass no
 * gate, and what has not changed the compiler tells by a look (docs/decisions/0024).
 */
export function clusterTargets(cluster: string, peer: string | undefined): Record<string, TargetConfiguration> {
  const inputs = clusterInputs(peer);
  return Object.fromEntries(
    Object.entries<TargetRow>(rows).map(([target, row]) => [target, targetOf(target, row, { cluster, inputs })]),
  );
}

type Inputs = NonNullable<TargetConfiguration['inputs']>;

function clusterInputs(peer: string | undefined): Inputs {
  return [
    'sources',
    '^sources',
    '{workspaceRoot}/clusters/defaults.yaml',
    '{workspaceRoot}/charts/*.tgz',
    '{workspaceRoot}/charts.lock.yaml',
    '{workspaceRoot}/tools/nx-plugin/src/executors/**/*',
    ...(peer === undefined ? [] : [`{workspaceRoot}/clusters/${peer}/cluster.yaml`]),
    { runtime: 'node --version' },
  ];
}

function targetOf(
  target: string,
  { description, example, technologies = [], onBuild, watched }: TargetRow,
  { cluster, inputs }: { readonly cluster: string; readonly inputs: Inputs },
): TargetConfiguration {
  const command = `npx nx run ${projectName('cluster', cluster)}:${target} --help`;
  return {
    executor: `@fluxwright/nx-plugin:${target}`,
    ...(onBuild && { dependsOn: ['build'] }),
    ...(watched && {
      cache: watched.cache,
      inputs: [...(watched.reads === 'tree' ? [{ dependentTasksOutputFiles: '**/*' }] : []), ...inputs],
      outputs: watched.writes === 'tree' ? [`{workspaceRoot}/generated/${cluster}`] : [],
    }),
    metadata: {
      technologies: ['flux', 'kubernetes', ...technologies],
      description: description(cluster),
      ...(example && { help: { command, example: { options: example } } }),
    },
  };
}
