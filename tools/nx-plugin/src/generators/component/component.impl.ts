import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type GeneratorCallback, generateFiles, installPackagesTask, type Tree } from '@nx/devkit';
import { projectName } from '../../graph/project-name.ts';
import { addToCluster } from '../add-to-cluster.ts';
import { checkNewName } from '../check-new-name.ts';
import { askForServices } from './ask-for-services.ts';
import { bundledServices } from './bundled-services.ts';
import { chartComponentFiles } from './chart-component.ts';
import type { ComponentOptions } from './schema.ts';

/**
 * Writes a component that compiles as it is. The callback runs `npm install`, so that package-lock.json knows the new
 * workspace and `npm ci` keeps working.
 */
export async function componentGenerator(tree: Tree, options: ComponentOptions): Promise<GeneratorCallback> {
  checkNewName(tree, 'component', options.name);
  const shape = shapeOf(options);
  const title = options.title ?? options.name;
  const sharesDefinitions = tree.exists('components/values.defs.json');
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
    sharesDefinitions,
  };
  const folder = `components/${options.name}`;
  const files =
    shape === 'packaged chart' ? await packagedFiles(tree, options, sharesDefinitions) : new Map<string, string>();
  for (const part of shape === 'packaged chart' ? ['common'] : ['common', shape])
    generateFiles(tree, join(import.meta.dirname, 'files', part), folder, substitutions);
  for (const [file, text] of files) tree.write(`${folder}/${file}`, text);
  if (options.services !== undefined) askForServices(tree, options.name, options.services);
  if (options.cluster !== undefined) addToCluster(tree, options.cluster, { list: 'components', name: options.name });
  return () => {
    if (!options.skipInstall) installPackagesTask(tree, true);
  };
}

function shapeOf(options: ComponentOptions): 'chart' | 'packaged chart' | 'kustomize' | 'plain' {
  const missing = (['chart', 'repository', 'chartVersion'] as const).filter((key) => options[key] === undefined);
  if (missing.length === 3) return options.kustomize ? 'kustomize' : 'plain';
  if (options.kustomize) throw new Error('A component starts with a chart or with a Kustomize base, not with both.');
  if (options.chart?.endsWith('.tgz') === true) {
    if (options.repository === undefined)
      throw new Error('A packaged chart does not say where it comes from: give --repository too.');
    return 'packaged chart';
  }
  if (missing.length > 0) throw new Error(`A chart needs ${missing.map((key) => `--${key}`).join(' and ')} too.`);
  return 'chart';
}

/** Reads a packaged chart with Helm's own engine: what it makes decides the files. */
async function packagedFiles(
  tree: Tree,
  options: ComponentOptions,
  sharesDefinitions: boolean,
): Promise<ReadonlyMap<string, string>> {
  const { name, chart = '', repository = '', namespace = name } = options;
  const { outlineChart } = await import('@fluxwright/compiler');
  const outline = await outlineChart(readPackage(chart, tree.root), { name, namespace });
  if (outline === undefined) throw new Error(`${chart} is no packaged chart: it has no Chart.yaml that can be read.`);
  const version = String(outline.meta.version ?? '');
  if (options.chartVersion !== undefined && options.chartVersion !== version)
    throw new Error(`${chart} is of version ${version}, and --chartVersion says ${options.chartVersion}.`);
  const title = options.title ?? name;
  const services = bundledServices(
    tree,
    outline.subcharts.map((each) => each.name),
  );
  const component = {
    name,
    title,
    description: options.description,
    namespace,
    repository,
    sharesDefinitions,
    services,
  };
  return chartComponentFiles(outline, component);
}

/** Nx runs generators in the root of the workspace; a path counts from where the command was called, else from the root. */
function readPackage(file: string, root: string): Uint8Array {
  const places = [process.env.INIT_CWD, root].flatMap((folder) => (folder === undefined ? [] : resolve(folder, file)));
  const found = places.find((each) => existsSync(each));
  if (found === undefined) throw new Error(`--chart: there is no file ${file}.`);
  return readFileSync(found);
}
