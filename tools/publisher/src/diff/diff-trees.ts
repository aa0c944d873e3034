import { posix } from 'node:path';
import { maskSecrets } from '@fluxwright/diagnostics';
import { structuredPatch } from 'diff';
import { dangersOf } from './dangers.ts';
import { fieldChanges } from './field-changes.ts';
import type { FileSet } from './file-set.ts';
import { hideSecrets, isSecret } from './hide-secrets.ts';
import { type ObjectId, objectKey } from './object-id.ts';
import type { OddEntry } from './odd-entry.ts';
import { readObjects, type TreeObject } from './read-objects.ts';
import type { Danger, FileChange, ObjectChange, TreeDiff } from './tree-diff.ts';
import { versionChanges } from './version-changes.ts';
import { findWakes } from './wakes.ts';

export interface DiffInput {
  readonly cluster: string;
  /** The cluster's folder in the repository. */
  readonly base: string;
  /** Files that differ, as they are in the branch. */
  readonly before: FileSet;
  /** Files that differ, as they will be. */
  readonly after: FileSet;
  /** Unchanged files of the new tree that hold FluxKustomizations: they say who waits for whom. */
  readonly context?: FileSet;
  /** What the planner of changes found; it says more than the changes of one object can. */
  readonly dangers?: readonly Danger[];
  /** Objects that it looked at and that stay in the cluster, though the tree has them no more. */
  readonly kept?: readonly ObjectId[];
  /** Entries of the branch that differ and are no plain files, by path: what they are. They have no bytes in `before`. */
  readonly odd?: ReadonlyMap<string, OddEntry>;
}

/**
 * Compares two trees by object and field. Every path that differs is in it somewhere, so an empty diff means that nothing is
 * written. Equal files need not be given. Pure: same input, same diff.
 */
export function diffTrees({
  cluster,
  base,
  before,
  after,
  context,
  dangers = [],
  kept = [],
  odd,
}: DiffInput): TreeDiff {
  const differ = [...new Set([...before.keys(), ...after.keys(), ...(odd?.keys() ?? [])])]
    .filter((path) => odd?.has(path) || !sameBytes(before.get(path), after.get(path)))
    .sort();
  const bookkeeping = differ.filter((path) => odd?.has(path) !== true && isBookkeeping(path, before, after));
  const content = differ.filter((path) => !bookkeeping.includes(path));
  const old = readSide(before, content);
  const next = readSide(after, content);
  const objects = objectChanges(old.objects, next.objects);
  const secrets = [...old.objects, ...next.objects].flatMap(({ id, path }) => (isSecret(id) ? [path] : []));
  const told = new Set(objects.flatMap(({ path, from }) => [path, from ?? path]));
  const plain = content.filter(
    (path) => odd?.has(path) || old.plain.has(path) || next.plain.has(path) || !told.has(path),
  );
  const isTold = (path: string): boolean => told.has(path) || secrets.includes(path);
  const judged = new Set([...dangers.map(({ id }) => id), ...kept].map(objectKey));
  const kustomizations = [...(context ?? [])].flatMap(([path, bytes]) => readObjects(path, bytes) ?? []);
  return {
    cluster,
    objects,
    files: plain.map((path) =>
      fileChange(path, { before: before.get(path), after: after.get(path), odd: odd?.get(path), isTold: isTold(path) }),
    ),
    bookkeeping,
    versions: objects.flatMap(versionChanges),
    dangers: [...dangers, ...objects.flatMap(dangersOf).filter(({ id }) => !judged.has(objectKey(id)))],
    wakes: findWakes(
      [...next.objects, ...kustomizations],
      differ.filter((path) => !books.has(path)),
      base,
    ),
  };
}

const books = new Set(['.fluxwright.json', 'provenance.json']);

/** The record, provenance and the compiler's own lists of files, where they follow from the rest. */
function isBookkeeping(path: string, before: FileSet, after: FileSet): boolean {
  if (books.has(path)) return true;
  const [old, next] = [before, after].map((files) => readList(path, files.get(path)));
  if (old === undefined || next === undefined) return false;
  if (before.has(path) && after.has(path) && old.rest !== next.rest) return false;
  // What is listed on one side alone must be there on that side alone: then somebody's edit of the list is told.
  const follows = (from: FileList, files: FileSet, [to, others]: readonly [FileList, FileSet]): boolean =>
    [...from.items].every((each) => to.items.has(each) || (isIn(files, each) && !isIn(others, each)));
  return follows(old, before, [next, after]) && follows(next, after, [old, before]);
}

function isIn(files: FileSet, path: string): boolean {
  return files.has(path) || [...files.keys()].some((each) => each.startsWith(`${path}/`));
}

interface FileList {
  readonly items: ReadonlySet<string>;
  /** The other lines. */
  readonly rest: string;
}

/** A list of files as the compiler writes it: its items as paths of the tree, and the other lines. No list for no file. */
function readList(path: string, bytes: Buffer | undefined): FileList | undefined {
  if (path !== 'kustomization.yaml' && !path.endsWith('/kustomization.yaml')) return undefined;
  if (bytes === undefined) return { items: new Set<string>(), rest: '' };
  const lines = bytes.toString('utf8').split('\n');
  if (!lines[0]?.startsWith('# Generated by ')) return undefined;
  const folder = posix.dirname(path);
  const items = lines.filter((line) => line.startsWith('  - ')).map((line) => posix.join(folder, line.slice(4)));
  const rest = lines.filter((line) => !line.startsWith('  - ')).join('\n');
  return { items: new Set(items), rest };
}

interface Side {
  readonly objects: readonly TreeObject[];
  /** Files that hold no Kubernetes objects. */
  readonly plain: FileSet;
}

function readSide(files: FileSet, paths: readonly string[]): Side {
  const objects: TreeObject[] = [];
  const plain = new Map<string, Buffer>();
  for (const path of paths) {
    const bytes = files.get(path);
    if (bytes === undefined) continue;
    const found = readObjects(path, bytes);
    if (found === undefined) plain.set(path, bytes);
    else objects.push(...found);
  }
  return { objects, plain };
}

function objectChanges(before: readonly TreeObject[], after: readonly TreeObject[]): readonly ObjectChange[] {
  const old = new Map(before.map((each) => [objectKey(each.id), each]));
  const next = new Map(after.map((each) => [objectKey(each.id), each]));
  return [...new Set([...old.keys(), ...next.keys()])].sort().flatMap((key): readonly ObjectChange[] => {
    const from = old.get(key);
    const to = next.get(key);
    if (from === undefined) return to === undefined ? [] : [{ change: 'added', id: to.id, path: to.path, fields: [] }];
    if (to === undefined) return [{ change: 'removed', id: from.id, path: from.path, fields: [] }];
    const fields = fieldChanges(from.object, to.object).map((each) => hideSecrets(to.id, each));
    const moved = from.path !== to.path;
    if (!moved && fields.length === 0) return [];
    const change = moved ? 'moved' : 'changed';
    return [{ change, id: to.id, path: to.path, ...(moved && { from: from.path }), fields }];
  });
}

interface FileSides {
  readonly before: Buffer | undefined;
  readonly after: Buffer | undefined;
  readonly odd: OddEntry | undefined;
  /** Its text is told by its objects, or is nobody's to see. */
  readonly isTold: boolean;
}

function fileChange(path: string, { before, after, odd, isTold }: FileSides): FileChange {
  const change = before === undefined && odd === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const [old, next] = [text(before), text(after)];
  const isLineEnds = before !== undefined && after !== undefined && old !== next && unixEnds(old) === unixEnds(next);
  const notes = [...(odd === undefined ? [] : [`was ${odd}`]), ...(isLineEnds ? ['line ends only'] : [])];
  const isShown = !isTold && !isLineEnds && old !== next && (before !== undefined || odd === undefined);
  const hunks = isShown ? hunksOf(old, next) : '';
  return { change, path, ...(notes.length > 0 && { note: notes.join(', ') }), hunks };
}

function unixEnds(content: string): string {
  return content.replaceAll('\r\n', '\n');
}

function hunksOf(before: string, after: string): string {
  if (before.includes('\0') || after.includes('\0')) return '';
  // Masked as a whole: a private key spans lines.
  const { hunks } = structuredPatch('', '', maskSecrets(before), maskSecrets(after), '', '', { context: 2 });
  return hunks
    .map(({ oldStart, newStart, lines }) => `@@ -${oldStart} +${newStart} @@\n${lines.join('\n')}\n`)
    .join('');
}

function text(bytes: Buffer | undefined): string {
  return bytes?.toString('utf8') ?? '';
}

function sameBytes(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a !== undefined && b !== undefined && a.equals(b);
}
