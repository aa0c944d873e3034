import type { TargetConfiguration } from '@nx/devkit';
import { projectName } from './project-name.ts';

const technologies = ['flux', 'kubernetes'];

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
  const inputs = [
    'sources',
    '^sources',
    '{workspaceRoot}/clusters/defaults.yaml',
    '{workspaceRoot}/charts/*.tgz',
    '{workspaceRoot}/charts.lock.yaml',
    '{workspaceRoot}/tools/nx-plugin/src/executors/**/*',
    ...(peer === undefined ? [] : [`{workspaceRoot}/clusters/${peer}/cluster.yaml`]),
    { runtime: 'node --version' },
  ];
  return {
    build: {
      executor: '@fluxwright/nx-plugin:build',
      cache: false,
      inputs,
      outputs: [`{workspaceRoot}/generated/${cluster}`],
      metadata: {
        technologies,
        description: `Compile ${cluster} into generated/${cluster}`,
        help: {
          command: `npx nx run ${projectName('cluster', cluster)}:build --help`,
          example: { options: { format: 'json' } },
        },
      },
    },
    validate: {
      executor: '@fluxwright/nx-plugin:validate',
      cache: false,
      inputs,
      outputs: [],
      metadata: { technologies, description: `Check ${cluster} and write nothing` },
    },
    lint: {
      executor: '@fluxwright/nx-plugin:lint',
      dependsOn: ['build'],
      cache: true,
      inputs: [{ dependentTasksOutputFiles: '**/*' }, ...inputs],
      outputs: [],
      metadata: {
        technologies,
        description: `Say what Flux makes of generated/${cluster}`,
        help: {
          command: `npx nx run ${projectName('cluster', cluster)}:lint --help`,
          example: { options: { flux: 'v2.9' } },
        },
      },
    },
    diff: {
      executor: '@fluxwright/nx-plugin:diff',
      dependsOn: ['build'],
      metadata: {
        technologies,
        description: `Show what publishing ${cluster} would change, by object and field`,
        help: {
          command: `npx nx run ${projectName('cluster', cluster)}:diff --help`,
          example: { options: { format: 'markdown' } },
        },
      },
    },
    publish: {
      executor: '@fluxwright/nx-plugin:publish',
      dependsOn: ['build'],
      metadata: {
        technologies: [...technologies, 'gitea'],
        description: `Publish generated/${cluster} to the repository Flux reads`,
        help: {
          command: `npx nx run ${projectName('cluster', cluster)}:publish --help`,
          example: { options: { mode: 'pull-request' } },
        },
      },
    },
    explain: {
      executor: '@fluxwright/nx-plugin:explain',
      metadata: {
        technologies,
        description: `Say which files and lines an object or value of ${cluster} came from`,
        help: {
          command: `npx nx run ${projectName('cluster', cluster)}:explain --help`,
          example: { options: { object: 'GitRepository/flux-system', path: 'spec.url' } },
        },
      },
    },
    capacity: {
      executor: '@fluxwright/nx-plugin:capacity',
      metadata: {
        technologies,
        description: `Sum up what ${cluster} asks of its nodes`,
        help: {
          command: `npx nx run ${projectName('cluster', cluster)}:capacity --help`,
          example: { options: { format: 'markdown' } },
        },
      },
    },
    simulate: {
      executor: '@fluxwright/nx-plugin:simulate',
      metadata: {
        technologies,
        description: `Let Flux apply ${cluster}, on paper`,
        help: {
          command: `npx nx run ${projectName('cluster', cluster)}:simulate --help`,
          example: { options: { from: 'origin/main' } },
        },
      },
    },
    changes: {
      executor: '@fluxwright/nx-plugin:changes',
      metadata: {
        technologies,
        description: `Show which objects the next build of ${cluster} loses, moves or makes anew`,
        help: {
          command: `npx nx run ${projectName('cluster', cluster)}:changes --help`,
          example: { options: { from: 'origin/main' } },
        },
      },
    },
  };
}

/** Targets of the project `clusters`: the same verbs over the whole fleet. */
export function fleetTargets(hasClusters: boolean): Record<string, TargetConfiguration> {
  const targets = ['build', 'validate', 'lint', 'diff', 'publish'] as const;
  return {
    ...Object.fromEntries(targets.map((target) => [target, fleetTarget(target, hasClusters)])),
    ...Object.fromEntries(Object.keys(chartDescriptions).map((verb) => [`charts-${verb}`, chartsTarget(verb)])),
  };
}

const chartDescriptions: Readonly<Record<string, string>> = {
  pull: 'Fetch the charts that charts.lock.yaml names',
  update: 'Move charts.lock.yaml to what components ask for, and say what changes',
  vendor: 'Put the charts of charts.lock.yaml into the repository',
  verify: 'Hold the charts at hand against charts.lock.yaml',
  list: 'Say which charts there are, and where',
};

/** The command line does it: charts are those of all components, and the verbs have no result to share. */
function chartsTarget(verb: string): TargetConfiguration {
  return {
    command: `npx fluxwright charts ${verb}`,
    cache: false,
    metadata: { technologies: ['helm'], description: chartDescriptions[verb] ?? '' },
  };
}

const descriptions = {
  build: 'Compile every cluster',
  validate: 'Check every cluster and write nothing',
  lint: 'Say what Flux makes of every tree',
  diff: 'Show what publishing would change, for every cluster',
  publish: 'Publish every cluster whose tree differs from its branch',
} as const;

/** With no cluster there is nothing to depend on: then the executor itself runs and says how to make one. */
function fleetTarget(target: keyof typeof descriptions, hasClusters: boolean): TargetConfiguration {
  const metadata = { technologies, description: descriptions[target] };
  if (!hasClusters) return { executor: `@fluxwright/nx-plugin:${target}`, metadata };
  const hasOptions = target !== 'build' && target !== 'validate';
  return {
    executor: 'nx:noop',
    dependsOn: [{ projects: ['tag:kind:cluster'], target, ...(hasOptions && { params: 'forward' as const }) }],
    metadata,
  };
}
