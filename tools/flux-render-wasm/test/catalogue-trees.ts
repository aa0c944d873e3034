import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { FileTree } from '../src/index.ts';
import { readTree } from './disk-tree.ts';

const root = join(import.meta.dirname, '../../..');

/** An object of a cluster's tree. */
export interface TreeObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What one sample cluster gets: the catalogue with its values. */
export interface CatalogueTree {
  readonly cluster: string;
  /** As in the repository that Flux reads. */
  readonly files: FileTree;
  readonly objects: readonly TreeObject[];
}

/** The trees that are committed under generated/. */
export function catalogueTrees(): CatalogueTree[] {
  return globSync('generated/*/flux-system', { cwd: root })
    .map((folder) => folder.split('/')[1] as string)
    .sort()
    .map((cluster) => {
      const folder = join(root, 'generated', cluster);
      const files = Object.fromEntries(
        Object.entries(readTree(folder)).map(([path, content]) => [`clusters/${cluster}/${path}`, content]),
      );
      const objects = globSync('**/*.yaml', { cwd: folder })
        // A person runs it before Flux is there, and its files are no objects.
        .filter((path) => !path.startsWith('bootstrap/'))
        .sort()
        .flatMap((path) => parseAllDocuments(readFileSync(join(folder, path), 'utf8')))
        .map((document) => document.toJS() as TreeObject);
      return { cluster, files, objects };
    });
}
