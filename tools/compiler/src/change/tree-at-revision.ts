import { spawnSync } from 'node:child_process';
import type { OutputFile } from '../data/output-tree.ts';

export interface RevisionTree {
  readonly root: string;
  readonly cluster: string;
  readonly revision: string;
}

/** The files of generated/<cluster> at a git revision. Throws {@link UnknownRevision} where git knows no such revision or folder. */
export function treeAtRevision({ root, cluster, revision }: RevisionTree): readonly OutputFile[] {
  const folder = `generated/${cluster}`;
  if (revision.startsWith('-')) throw unknown(revision, folder, 'a revision cannot start with a dash');
  const list = git(root, ['ls-tree', '-r', '-z', '--full-tree', `${revision}:./${folder}`]);
  if (list.error !== undefined) throw unknown(revision, folder, list.error);
  const entries = list.stdout
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, mode = '', type, id = '', path = ''] = /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
      return type === 'blob' && mode.startsWith('100') ? [{ id, path }] : [];
    });
  const blobs = git(root, ['cat-file', '--batch'], `${entries.map(({ id }) => id).join('\n')}\n`);
  if (blobs.error !== undefined) throw unknown(revision, folder, blobs.error);
  let at = 0;
  return entries.map(({ path }) => {
    const end = blobs.stdout.indexOf('\n', at);
    const size = Number(blobs.stdout.toString('utf8', at, end).split(' ')[2]);
    const text = blobs.stdout.toString('utf8', end + 1, end + 1 + size);
    at = end + 1 + size + 1;
    return { path, text };
  });
}

function git(root: string, args: readonly string[], input?: string): { stdout: Buffer; error?: string } {
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', root, ...args], {
    maxBuffer: 1 << 30,
    ...(input !== undefined && { input }),
  });
  if (error !== undefined) return { stdout: Buffer.alloc(0), error: 'git could not be started' };
  if (status === 0) return { stdout };
  return { stdout, error: stderr.toString('utf8').trim().split('\n')[0] ?? `git ended with ${status}` };
}

/** Git has no tree where one was asked for. */
export class UnknownRevision extends Error {
  override readonly name = 'UnknownRevision';
}

function unknown(revision: string, folder: string, why: string): UnknownRevision {
  return new UnknownRevision(`git has no ${folder} at the revision ${revision}: ${why}`);
}
