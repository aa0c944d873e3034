import type { TargetConfiguration } from '@nx/devkit';
import { projectName } from './project-name.ts';

/**
 * Targets of one component. A test compiles a cluster of the component with all that it requires: `parts` names what can be
 * in it, and the manifests of the catalogue decide that. Clusters are no input: a test depends on nothing that the fleet
 * decides; the files that components share (`shared`) are some where a part takes them. From the inputs Nx tells what a change affects; what has not changed the compiler tells by a look
 * (docs/decisions/0024). There is no `lint`: its rules are about trees, which only a cluster has, and the tree that a test
 * compiles is linted with it.
 */
export function componentTargets(
  component: string,
  { parts, shared }: { readonly parts: readonly string[] | undefined; readonly shared: readonly string[] },
): Record<string, TargetConfiguration> {
  const project = projectName('component', component);
  return {
    test: {
      executor: '@fluxwright/nx-plugin:test',
      cache: false,
      inputs: [
        '{projectRoot}/**/*',
        '^sources',
        ...(parts ?? ['*']).map((name) => `{workspaceRoot}/components/${name}/**/*`),
        '{workspaceRoot}/components/*/component.yaml',
        ...shared,
        '{workspaceRoot}/products/*/product.yaml',
        '{workspaceRoot}/package.json',
        '{workspaceRoot}/charts/*.tgz',
        '{workspaceRoot}/charts.lock.yaml',
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
