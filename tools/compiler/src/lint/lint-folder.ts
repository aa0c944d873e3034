import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Diagnostic, diagnostic, type Span, sortDiagnostics } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, type JsonPath } from '@fluxwright/model';
import { fluxMinor } from '../render/flux/flux-minor.ts';
import { lineStarts, positionAt } from '../render/template/line-starts.ts';
import { readYaml } from '../render/yaml/read-yaml.ts';
import type { NodePosition, YamlDocument } from '../render/yaml/yaml-document.ts';
import { groupOf } from '../validate/object-index.ts';
import type { KustomizationFile, LintObject } from './lint-object.ts';
import { lintTree } from './lint-tree.ts';

export interface LintOptions {
  /** A folder that Flux applies, or a repository of such. */
  readonly folder: string;
  /** Version of Flux: `2.8`. */
  readonly flux: string;
  /** Folder that positions name before each path; none by default, so that they start at `folder`. */
  readonly shown?: string;
}

export interface LintResult {
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, by the path that positions name: printers show lines of it. */
  readonly sources: ReadonlyMap<string, string>;
  /** How many objects were looked at. */
  readonly objects: number;
}

const largest = 5_000_000;

/**
 * Lints a tree that anybody wrote: reads every YAML file below a folder, and says what the rules for that Flux find.
 * Hidden folders, node_modules and symlinks are not followed; what is no Kubernetes object is passed over. Throws a
 * RangeError for a version that is no Flux 2.
 */
export function lintFolder({ folder, flux, shown = '' }: LintOptions): LintResult {
  const minor = fluxMinor(flux);
  if (minor < 0) throw new RangeError(`"${flux}" is no version of Flux 2`);
  const sources = new Map<string, string>();
  const objects: LintObject[] = [];
  const kustomizationFiles: KustomizationFile[] = [];
  const faults: Diagnostic[] = [];
  for (const file of yamlFiles(folder, '')) {
    const text = readFileSync(join(folder, file), 'utf8');
    if (text.length > largest) continue;
    const named = posix.join(shown, file);
    sources.set(named, text);
    const starts = lineStarts(text);
    const span = (start: number, end: number): Span => ({
      file: named,
      start: positionAt(starts, start),
      end: positionAt(starts, end),
    });
    const content = readYaml(text);
    for (const { message, start, end } of content.faults) {
      const [sentence] = message.split('\n');
      faults.push(
        diagnostic('lint/invalid-yaml', {
          message: `${named} is no valid YAML: Flux applies nothing of its folder`,
          primary: span(start, end),
          note: sentence ?? message,
          help: 'correct the file, or keep it out of the folders that Flux applies',
        }),
      );
    }
    for (const document of content.documents) {
      const locate = (path: JsonPath, part?: 'key' | 'value') =>
        [spanOf(document, path, part)].map(([from, to]) => span(from, to));
      if (
        /^kustomization\.ya?ml$|^Kustomization$/.test(posix.basename(file)) &&
        isObject(document.value) &&
        isFile(document.value)
      ) {
        const parent = posix.dirname(file);
        kustomizationFiles.push({ object: document.value, file, folder: parent === '.' ? '' : parent, locate });
      } else objects.push(...objectsOf(document, { file, locate }));
    }
  }
  const found = lintTree({ objects, kustomizationFiles }, minor);
  return { diagnostics: sortDiagnostics([...faults, ...found]), sources, objects: objects.length };
}

function isFile({ kind, apiVersion }: JsonObject): boolean {
  const isFlux = typeof apiVersion === 'string' && groupOf(apiVersion).endsWith('.fluxcd.io');
  return !isFlux && (kind === undefined || kind === 'Kustomization' || kind === 'Component');
}

function objectsOf(
  { value }: YamlDocument,
  { file, locate }: Pick<LintObject, 'file' | 'locate'>,
): readonly LintObject[] {
  if (!isObject(value) || !isObject(value.metadata)) return [];
  const { apiVersion, kind, metadata } = value;
  const { name, namespace } = metadata;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return [];
  const place = typeof namespace === 'string' ? { namespace } : {};
  return [{ apiVersion, group: groupOf(apiVersion), kind, ...place, name, object: value, file, locate }];
}

function spanOf({ position }: YamlDocument, path: JsonPath, part?: 'key' | 'value'): readonly [number, number] {
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

/** Paths of the YAML files below a folder, sorted. */
function yamlFiles(root: string, folder: string): readonly string[] {
  const entries: Dirent[] = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return yamlFiles(root, path);
      return entry.isFile() && (/\.ya?ml$/.test(entry.name) || entry.name === 'Kustomization') ? [path] : [];
    });
}
