import { join } from 'node:path';
import { generateFiles, type Tree } from '@nx/devkit';
import { addToCluster } from '../add-to-cluster.ts';
import { checkNewName } from '../check-new-name.ts';
import type { ProductOptions } from './schema.ts';

/** Writes a product of the given components. */
export function productGenerator(tree: Tree, options: ProductOptions): void {
  checkNewName(tree, 'product', options.name);
  const title = options.title ?? options.name;
  generateFiles(tree, join(import.meta.dirname, 'files'), `products/${options.name}`, {
    name: options.name,
    // JSON strings are YAML strings, whatever the text holds.
    title: JSON.stringify(title),
    description: JSON.stringify(options.description ?? `What ${title} gives, in one sentence.`),
    components: options.components ?? [],
  });
  if (options.cluster !== undefined) addToCluster(tree, options.cluster, { list: 'products', name: options.name });
}
