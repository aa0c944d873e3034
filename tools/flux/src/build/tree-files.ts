import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { lineStarts, positionAt, type Span } from '@fluxwright/diagnostics';
import type { NodePosition, YamlDocument, YamlFault } from '@fluxwright/documents';
import { by, type JsonObject, type JsonPath, type JsonValue, readYaml, valueAt } from '@fluxwright/documents';
import type { KustomizationFile } from '../tree/kustomization-file.ts';
import { isKustomizationFile } from '../tree/kustomization-file.ts';
import { folderName, foldersOf } from '../tree/listed-files.ts';
import { type TreeObject, treeObject } from '../tree/tree-object.ts';

/** A file of a tree. */
export interface TreeFile {
  /** From the root of the tree. */
  readonly path: string;
  readonly isYaml: boolean;
  readonly text: string;
  readonly documents: readonly YamlDocument[];
  readonly faults: readonly YamlFault[];
  span(start: number, end: number): Span;
}

/** The files of a tree, and its kustomization files by their folder. */
export interface TreeFiles {
  readonly files: ReadonlyMap<string, TreeFile>;
  readonly kustomizations: ReadonlyMap<string, KustomizationFile>;
  /** Folders that hold files, and those above them; '' is the root. */
  readonly folders: ReadonlySet<string>;
  /** What is there and was not read: symlinks, hidden folders, charts, what is too large. */
  readonly passed: ReadonlySet<string>;
}

const largest = 5_000_000;

/**
 * Reads every file below a folder that Flux could read: hidden folders, node_modules and symlinks are passed over, and so are
 * charts, whose templates are no manifests. `shown` is put before the paths of positions.
 */
export function readTreeFiles(root: string, shown: string): TreeFiles {
  const files = new Map<string, TreeFile>();
  const passed = new Set<string>();
  for (const path of filesBelow(root, '', passed)) {
    if (statSync(join(root, path)).size > largest) passed.add(path);
    else
      files.set(
        path,
        treeFile(path, shown, () => readFileSync(join(root, path), 'utf8')),
      );
  }
  return treeFilesOf(files, passed);
}

/** Files whose text is at hand already, by their path. */
export function treeFilesOfTexts(texts: ReadonlyMap<string, string>, shown: string): TreeFiles {
  return treeFilesOf(new Map([...texts].map(([path, text]) => [path, treeFile(path, shown, () => text)])), new Set());
}

function treeFilesOf(files: ReadonlyMap<string, TreeFile>, passed: ReadonlySet<string>): TreeFiles {
  const kustomizations = new Map<string, KustomizationFile>();
  for (const file of files.values()) {
    const document = file.documents.find(({ value }) => isKustomizationFile(file.path, value));
    const folder = folderName(file.path);
    if (document === undefined || kustomizations.has(folder)) continue;
    const locate = locator(file, document);
    kustomizations.set(folder, { object: document.value as JsonObject, path: file.path, folder, locate });
  }
  return { files, kustomizations, folders: foldersOf(files.keys()), passed };
}

/** Only YAML is read at once; of the rest what a build asks for. What cannot be read is empty, and of YAML a fault. */
function treeFile(path: string, shown: string, read: () => string): TreeFile {
  const named = posix.join(shown, path);
  const isYaml = /\.ya?ml$|(^|\/)Kustomization$/.test(path);
  let content: { readonly text: string; readonly fault?: string } | undefined;
  let starts: readonly number[] | undefined;
  const get = () => {
    content ??= attempt(read);
    return content;
  };
  const { fault } = isYaml ? get() : {};
  const { documents, faults } = isYaml ? readYaml(get().text, 'kustomize') : { documents: [], faults: [] };
  return {
    path,
    isYaml,
    get text() {
      return get().text;
    },
    documents,
    faults:
      fault === undefined ? faults : [{ message: `it cannot be read: ${fault}`, start: 0, end: 0, help: unreadable }],
    span(start, end) {
      starts ??= lineStarts(get().text);
      return { file: named, start: positionAt(starts, start), end: positionAt(starts, end) };
    },
  };
}

const unreadable = 'let whoever lints read it';

function attempt(read: () => string): { readonly text: string; readonly fault?: string } {
  try {
    return { text: read() };
  } catch (error) {
    return { text: '', fault: error instanceof Error ? error.message.replace(/, open .*$/, '') : String(error) };
  }
}

/** The objects that a file itself holds. */
export function objectsIn(file: TreeFile): readonly TreeObject[] {
  return file.documents.flatMap((document) =>
    isKustomizationFile(file.path, document.value) ? [] : objectOf(document.value, file, document),
  );
}

/** An object as Flux has it, with the file, and the document of it where that is known, that it began as; [] where it is none. */
export function objectOf(value: JsonValue, file: TreeFile, document: YamlDocument | undefined): readonly TreeObject[] {
  const made = treeObject(value, { path: file.path, locate: locator(file, document) });
  if (made === undefined) return [];
  const written = document === undefined ? undefined : valueAt(document.value, ['metadata', 'name']);
  return [typeof written === 'string' && written !== made.name ? { ...made, writtenName: written } : made];
}

function locator(file: TreeFile, document: YamlDocument | undefined): TreeObject['locate'] {
  if (document === undefined) return () => [file.span(0, 0)];
  return (path, part) => [file.span(...placeIn(document, path, part))];
}

function placeIn({ position }: YamlDocument, path: JsonPath, part?: 'key' | 'value'): readonly [number, number] {
  let node: NodePosition = position;
  for (const step of path) {
    const next = node.children?.get(step);
    if (next === undefined) return [node.start, node.start];
    node = next;
  }
  const last = path.at(-1);
  if (part === 'key' && typeof last === 'string') return [node.key, node.key + last.length];
  return node.children === undefined ? [node.start, node.end] : [node.start, node.start];
}

function filesBelow(root: string, folder: string, passed: Set<string>): readonly string[] {
  const entries: Dirent[] = readdirSync(join(root, folder), { withFileTypes: true });
  if (entries.some(({ name }) => name === 'Chart.yaml')) {
    passed.add(folder);
    return [];
  }
  return entries.sort(by(({ name }) => name)).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    const isHidden = entry.name.startsWith('.') || entry.name === 'node_modules';
    if (!isHidden && entry.isDirectory()) return filesBelow(root, path, passed);
    if (!isHidden && entry.isFile()) return [path];
    passed.add(path);
    return [];
  });
}
