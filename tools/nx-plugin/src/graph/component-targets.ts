import type { TargetConfiguration } from '@nx/devkit';
import { projectName } from './project-name.ts';

/**
 * Targets of one component. A test compiles a cluster of the component with all that it requires, and which component
 * provides a capability only the whole catalogue says: so every component and product is an input, beside the compiler
 * (`^sources`), the executors and Node. Clusters are none: a test depends on nothing that the fleet decides.
 * There is no `lint`: its rules are about trees, which only a cluster has, and the tree that a test compiles is linted with it.
 */
export function componentTargets(component: string): Record<string, TargetConfiguration> {
  const project = projectName('component', component);
  return {
    test: {
      executor: '@fluxwright/nx-plugin:test',
      cache: true,
      inputs: [
        'default',
        '^sources',
        '{workspaceRoot}/components/**/*',
        '{workspaceRoot}/products/**/*',
        '{workspaceRoot}/package.json',
        '{workspaceRoot}/tools/nx-plugin/src/executors/**/*',
        { runtime: 'node --version' },
      ],
      outputs: [`{workspaceRoot}/reports/${project}.json`],
      metadata: {
        technologies: ['flux', 'kubernetes'],
        description: `Run the test cases of ${component}`,
        help: { command: `npx nx run ${project}:test --help`, example: { options: { format: 'json' } } },
      },
    },
  };
}
