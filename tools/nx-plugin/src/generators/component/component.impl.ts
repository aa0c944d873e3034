import { join } from 'node:path';
import { type GeneratorCallback, generateFiles, installPackagesTask, type Tree } from '@nx/devkit';
import { projectName } from '../../graph/project-name.ts';
import { addToCluster } from '../add-to-cluster.ts';
import { checkNewName } from '../check-new-name.ts';
import { askForServices } from './ask-for-services.ts';
import type { ComponentOptions } from './schema.ts';

/**
 * Writes a component that compiles as it is. The callback runs `npm install`, so that package-lock.json knows the new
 * workspace and `npm ci` keeps working.
 */
export function componentGenerator(tree: Tree, options: ComponentOptions): GeneratorCallback {
  checkNewName(tree, 'component', options.name);
  const shape = shapeOf(options);
  const title = options.title ?? options.name;
  const substitutions = {
    name: options.name,
    project: projectName('component', options.name),
    // JSON strings are YAML strings, whatever the text holds.
    title: JSON.stringify(title),
    heading: title,
    sentence: options.description ?? `What ${title} does, in one sentence.`,
    description: JSON.stringify(options.description ?? `What ${title} does, in one sentence.`),
    namespace: options.namespace ?? options.name,
    chart: options.chart,
    repository: options.repository,
    version: options.chartVersion,
    shape,
    sharesDefinitions: tree.exists('components/values.defs.json'),
  };
  const folder = `components/${options.name}`;
  for (const part of ['common', shape])
    generateFiles(tree, join(import.meta.dirname, 'files', part), folder, substitutions);
  if (options.services !== undefined) askForServices(tree, options.name, options.services);
  if (options.cluster !== undefined) addToCluster(tree, options.cluster, { list: 'components', name: options.name });
  return () => {
    if (!options.skipInstall) installPackagesTask(tree, true);
  };
}

function shapeOf(options: ComponentOptions): 'chart' | 'kustomize' | 'plain' {
  const missing = (['chart', 'repository', 'chartVersion'] as const).filter((key) => options[key] === undefined);
  if (missing.length === 3) return options.kustomize ? 'kustomize' : 'plain';
  if (options.kustomize) throw new Error('A component starts with a chart or with a Kustomize base, not with both.');
  if (missing.length > 0) throw new Error(`A chart needs ${missing.map((key) => `--${key}`).join(' and ')} too.`);
  return 'chart';
}
