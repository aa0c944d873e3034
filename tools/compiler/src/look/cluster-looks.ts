import { hash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { lockText, type Workspace } from '@fluxwright/model';
import type { LineResult } from '../line/run-line.ts';
import { compilerState } from './compiler-state.ts';
import { type FolderState, folderState, letClockMove } from './folder-state.ts';
import { openStamps } from './stamp-store.ts';
import { workspaceDigests } from './workspace-digests.ts';

/** What is known of a cluster since a run that found it good, and still holds. */
export interface Looked {
  /** Its findings then: warnings and hints. */
  readonly diagnostics: readonly Diagnostic[];
  readonly objects: number;
  readonly unchecked: readonly string[];
  readonly unseen: readonly string[];
  /** How many files its tree has. */
  readonly files: number;
}

interface Stamp extends Looked {
  /** Digest of what decides which components it has. */
  readonly cluster: string;
  /** component → digest of all its files. */
  readonly components: Readonly<Record<string, string>>;
  /** State of the folder that holds its tree; absent where none was written. */
  readonly tree?: string;
}

/** Looks at the clusters of a run before they are compiled (docs/decisions/0024). */
export interface ClusterLooks {
  /** What is known of a cluster where nothing has changed that decides its result; with `tree` neither in its folder. */
  look(name: string, tree: boolean): Looked | undefined;
  /** The state of a cluster's folder, to be held against a later one. */
  stateOf(name: string): FolderState | undefined;
  /** Remembers a good cluster, and the folder that holds its tree. */
  keep(cluster: LineResult, folder?: FolderState): void;
  /** Ends the run: what is written to a tree after it will be seen. */
  end(): void;
}

export interface LookOptions {
  readonly root: string;
  readonly outputRoot: string;
  /** Where stamps are kept. */
  readonly folder: string;
  /** Folder of charts at hand. */
  readonly charts: string;
}

export function openLooks(workspace: Workspace, { root, outputRoot, folder, charts }: LookOptions): ClusterLooks {
  const chartsAt = resolve(root, charts);
  const program = hash(
    'sha256',
    `${compilerState()} ${chartsAt} ${folderState(chartsAt, { follow: true })?.digest} ${lockText(root)}`,
    'hex',
  );
  const stamps = openStamps<Stamp>(folder, `cluster ${outputRoot}`, program);
  const digests = workspaceDigests(workspace);
  const stateOf = (name: string) => (isOwnFolder(outputRoot) ? folderState(join(outputRoot, name)) : undefined);
  let newest = 0n;
  return {
    stateOf,
    look: (name, tree) => {
      const stamp = stamps.get(name);
      if (stamp === undefined || stamp.cluster !== digests.cluster(name)) return undefined;
      if (Object.entries(stamp.components).some(([each, digest]) => digests.component(each) !== digest))
        return undefined;
      return !tree || (stamp.tree !== undefined && stamp.tree === stateOf(name)?.digest) ? stamp : undefined;
    },
    keep: ({ name, rendered, diagnostics, unchecked, unseen, tree }, folder) => {
      if (rendered === undefined || tree === undefined) return;
      const names = [...rendered.cluster.components, ...rendered.cluster.standbys].map(
        ({ component }) => component.name,
      );
      stamps.set(name, {
        cluster: digests.cluster(name),
        components: Object.fromEntries(names.map((each) => [each, digests.component(each) ?? ''])),
        diagnostics,
        objects: rendered.resources.length,
        unchecked,
        unseen,
        files: tree.files.length,
        ...(folder && { tree: folder.digest }),
      });
      if (folder !== undefined && folder.newest > newest) newest = folder.newest;
    },
    end: () => letClockMove(newest),
  };
}

/** Where it is a symlink, writing refuses. */
function isOwnFolder(folder: string): boolean {
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
