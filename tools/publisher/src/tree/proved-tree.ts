import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OutputTree, parseRecord, provenancePath, recordPath } from '@fluxwright/compiler';
import { type Diagnostic, diagnostic, listWords } from '@fluxwright/diagnostics';
import { wrongSegment } from '../target/check-target.ts';
import { blobId } from './blob-id.ts';
import { saysWhatFluxApplies } from './flux-structure.ts';

/** A tree on the disk whose every byte the compiler has made and found good in this process (docs/decisions/0008). */
export interface ProvedTree {
  readonly cluster: string;
  /** Digest of everything it was made from: `sha256:…`. */
  readonly input: string;
  /** Digest of the files that Flux reads: equal for trees that differ in where they come from alone. */
  readonly content: string;
  /** Version of the compiler. */
  readonly compiler: string;
  /** From the cluster's folder, sorted. */
  readonly paths: readonly string[];
  /** Git's ids of the files, SHA-1. */
  readonly ids: ReadonlyMap<string, string>;
  /** Files that say which objects Flux applies, and which charts; see {@link saysWhatFluxApplies}. */
  readonly structure: readonly string[];
  /** The bytes of a file, read now; throws a {@link ChangedFileError} where they are not the proved ones any more. */
  readonly read: (path: string) => Buffer;
}

/** A file has changed between the proof and its publication. */
export interface ChangedFileError extends Error {
  readonly name: 'ChangedFileError';
}

export interface ProveOptions {
  /** The cluster's folder below generated/, absolute. */
  readonly folder: string;
  /** The same for people, from the workspace. */
  readonly shown: string;
}

/**
 * Holds a folder against the tree the compiler has just made of the sources: every file must be there with the same
 * bytes, and no other. Follows no symlink. Keeps digests only, so a fleet of proved trees is small.
 */
export function proveTree(tree: OutputTree, { folder, shown }: ProveOptions): ProvedTree | readonly Diagnostic[] {
  const present = listFiles(folder);
  const missing = tree.files.filter(({ path }) => !present.has(path)).map(({ path }) => path);
  const differing = tree.files.filter(({ path, text }) => present.has(path) && !holds(join(folder, path), text));
  const wanted = new Set(tree.files.map(({ path }) => path));
  const foreign = [...present].filter((path) => !wanted.has(path)).sort();
  const strange = tree.files.find(({ path }) => path.split('/').some((name) => wrongSegment(name) !== undefined));
  if (strange !== undefined)
    return [unproved(tree.cluster, shown, `${JSON.stringify(strange.path)} is no path git can hold`)];
  if (missing.length === tree.files.length) return [unproved(tree.cluster, shown, 'it has not been built')];
  const wrong = [
    ...(missing.length > 0 ? [`${some(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`] : []),
    ...(differing.length > 0
      ? [
          `${some(differing.map(({ path }) => path))} ${differing.length === 1 ? 'differs' : 'differ'}${lineEnds(differing, folder)}`,
        ]
      : []),
    ...(foreign.length > 0 ? [`${some(foreign)} ${foreign.length === 1 ? 'is' : 'are'} not of the tree`] : []),
  ];
  if (wrong.length > 0) return [unproved(tree.cluster, shown, listWords(wrong, 'and'))];
  const bytes = bytesOf(tree);
  const digests = new Map([...bytes].map(([path, content]) => [path, digestOf(content)]));
  return {
    ...factsOf(tree.cluster, bytes),
    read: (path) => {
      const bytes = readFileSync(join(folder, path));
      if (digestOf(bytes) === digests.get(path)) return bytes;
      throw Object.assign(new Error(`${path} has changed while it was published`), { name: 'ChangedFileError' });
    },
  };
}

/** The bytes of a tree that was compiled. */
export function bytesOf({ files }: OutputTree): ReadonlyMap<string, Buffer> {
  return new Map(files.map(({ path, text }) => [path, Buffer.from(text)]));
}

/** A tree of bytes that no disk has to be asked for, since they were made in this process. */
export function treeOfBytes(cluster: string, bytes: ReadonlyMap<string, Buffer>): ProvedTree {
  return { ...factsOf(cluster, bytes), read: (path) => bytes.get(path) ?? Buffer.alloc(0) };
}

function factsOf(cluster: string, bytes: ReadonlyMap<string, Buffer>): Omit<ProvedTree, 'read'> {
  const record = parseRecord(bytes.get(recordPath)?.toString('utf8') ?? '');
  if (record === undefined) throw new Error(`the tree of ${cluster} has no record`);
  const files = [...bytes];
  const ids = new Map(files.map(([path, content]) => [path, blobId(content, 'sha1')]));
  return {
    cluster,
    input: record.input,
    content: contentDigest(ids),
    compiler: record.compiler,
    paths: files.map(([path]) => path).sort(),
    ids,
    structure: files
      .filter(([path, content]) => /\.ya?ml$/.test(path) && saysWhatFluxApplies(content))
      .map(([path]) => path),
  };
}

function contentDigest(ids: ReadonlyMap<string, string>): string {
  const read = [...ids].filter(([path]) => path !== recordPath && path !== provenancePath).sort();
  return `sha256:${digestOf(Buffer.from(JSON.stringify(read)))}`;
}

/** The finding for a tree that changed between proof and publication. */
export function changedTree(cluster: string, shown: string, error: Error): Diagnostic {
  return unproved(cluster, shown, error.message);
}

function unproved(cluster: string, shown: string, why: string): Diagnostic {
  return diagnostic('publish/unproved-tree', {
    message: `${shown} is not what the compiler proves, so it is not published: ${why}`,
    primary: { file: shown },
    help: `build it, look at the difference, and publish again: npx nx run cluster-${cluster}:build`,
    cluster,
  });
}

function listFiles(folder: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (prefix: string): void => {
    for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else found.add(path);
    }
  };
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) visit('');
  return found;
}

function holds(file: string, text: string): boolean {
  return lstatSync(file).isFile() && readFileSync(file).equals(Buffer.from(text));
}

/** Git may have put CR LF into a checkout: worth a word, since nothing looks different. */
function lineEnds(files: OutputTree['files'], folder: string): string {
  const isOnlyThat = files.every(
    ({ path, text }) =>
      lstatSync(join(folder, path)).isFile() &&
      readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n') === text,
  );
  return isOnlyThat ? ' in line ends only (git: core.autocrlf)' : '';
}

function some(paths: readonly string[]): string {
  return paths.length <= 3 ? listWords(paths, 'and') : `${paths.slice(0, 2).join(', ')} and ${paths.length - 2} more`;
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
