import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './kubectl.ts';

/** A cluster's tree as it lies in generated/. */
export interface Tree {
  readonly files: ReadonlyMap<string, string>;
  /** Every Kubernetes object in it, with the file that holds it; kustomization files are none. */
  readonly objects: readonly { readonly path: string; readonly object: KubernetesObject; readonly yaml: string }[];
}

/** Reads a tree, each `from` text in its YAML files replaced by `to`: addresses of the outside become those of the stack. */
export function readTree(folder: string, replacements: ReadonlyMap<string, string> = new Map()): Tree {
  const files = new Map<string, string>();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = join(entry.parentPath, entry.name);
    let text = readFileSync(file, 'utf8');
    for (const [from, to] of replacements) text = text.replaceAll(from, to);
    files.set(relative(folder, file).split(sep).join('/'), text);
  }
  const objects = [...files]
    // What a person works with before Flux runs is no object of the tree.
    .filter(
      ([path]) => path.endsWith('.yaml') && !path.endsWith('kustomization.yaml') && !path.startsWith('bootstrap/'),
    )
    .flatMap(([path, text]) =>
      parseAllDocuments(text).map((document) => ({ path, object: document.toJS(), yaml: String(document) })),
    )
    .filter(({ object }) => object?.kind !== undefined);
  return { files, objects };
}

/** The tree without some FluxKustomizations, by their names: neither their files nor the list that names them. Their folders stay. */
export function withoutKustomizations(tree: Tree, names: readonly string[]): Tree {
  const gone = new Set(names.map((name) => `kustomizations/${name}.yaml`));
  const files = new Map([...tree.files].filter(([path]) => !gone.has(path)));
  const drop = (list: string, isGone: (entry: string) => boolean): void => {
    const lines = (files.get(list) ?? '').split('\n');
    files.set(list, lines.filter((line) => !isGone(line.replace(/^ *- /, ''))).join('\n'));
  };
  drop('kustomizations/kustomization.yaml', (entry) => gone.has(`kustomizations/${entry}`));
  // Kustomize refuses a list of nothing.
  if (![...files.keys()].some((path) => /^kustomizations\/(?!kustomization\.yaml)/.test(path)))
    drop('flux-system/kustomization.yaml', (entry) => entry === '../kustomizations');
  return { files, objects: tree.objects.filter(({ path }) => !gone.has(path)) };
}
