import type { TargetConfiguration } from '@nx/devkit';

const technologies = ['flux', 'kubernetes'];

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
  facts: 'Record what the charts at hand make',
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
