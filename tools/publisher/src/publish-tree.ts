import { setTimeout as pause } from 'node:timers/promises';
import { type ClusterComponents, recordPath } from '@fluxwright/compiler';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { holdsTree } from './change/holds-tree.ts';
import { judgeFolder } from './change/judge-folder.ts';
import { commitMessage, type PublishStep } from './commit-message.ts';
import type { PlanBase } from './diff/cluster-plan.ts';
import { foreignFolder, missingBranch, movedFolder, overlappingFolder } from './git/branch-findings.ts';
import { type CommitSettings, readCommitSettings } from './git/commit-settings.ts';
import { contentsById, type FolderChanges, folderChanges } from './git/folder-changes.ts';
import { isRetryable, refusedPush } from './git/git-diagnostic.ts';
import { pushCommit } from './git/push-commit.ts';
import { type RemoteFolder, readRemoteFolder } from './git/remote-folder.ts';
import type { RemoteSession } from './git/remote-session.ts';
import { isGitFailure } from './git/run-git.ts';
import { writeCommit } from './git/write-commit.ts';
import { carriesFailover, readKeptFailover, unadoptedFailover } from './kept-failover.ts';
import { failedOutcome, type PublishOutcome } from './publish-outcome.ts';
import type { PublishTarget } from './target/publish-target.ts';
import type { ProvedTree } from './tree/proved-tree.ts';

export interface PublishTreeOptions {
  readonly tree: ProvedTree;
  readonly target: PublishTarget;
  /** Losses that are meant: `spec.acknowledge` of the cluster; none by default. */
  readonly acknowledge?: readonly string[];
  /** Of the cluster, where the tree is that of its sources: which of them leave is said. */
  readonly components?: ClusterComponents;
  /** The state a plan was made for: the cluster's folder must still be as it was then. */
  readonly expected?: Pick<PlanBase, 'folder'> | undefined;
  /** Revision of the workspace. */
  readonly source?: string;
  /** Replace a folder that holds files and no record of ours. */
  readonly adopt?: boolean;
  /** What the tree is for, where it is not that of the sources. */
  readonly step?: PublishStep;
  /** Make the branch where the repository has others. */
  readonly createBranch?: boolean;
  /** Of a cluster that has copies: a failover that the branch carries is not overwritten. */
  readonly failover?: FailoverGuard;
  /** What this run has pushed without learning whether it arrived: kept where the scratch repository is replaced. */
  readonly memory?: PushMemory;
}

/** Where a cluster's failover tree is kept, and the cluster whose loss it is for. */
export interface FailoverGuard {
  readonly branch: string;
  readonly peer: string;
}

export interface PushMemory {
  sent?: Draft;
  /**
   * What the server turned away as not on its tip. Where it is the tip, it had arrived all the same: git sends a push again whose
   * connection broke, and is answered that the branch has moved.
   */
  turnedAway?: Draft;
}

/** How often a push is tried: plenty against ten others at once. */
const mostAttempts = 30;
/** How often a server that fails is asked again. */
const mostFailures = 2;

/**
 * Publishes a tree as one commit on its branch, or does nothing where the branch holds it already. The commit is built on
 * the tip that the server told and pushed without force, so the server takes it only while that is the tip. Where the branch
 * moved on, the cluster's folder is looked at again: others may change other files, but not these. What would lose data
 * that nobody acknowledged is refused. After a failure that leaves open what the server did, the branch is asked. Throws a
 * GitFailure where git or the server fails for good.
 */
export async function publishTree(session: RemoteSession, options: PublishTreeOptions): Promise<PublishOutcome> {
  const { tree, target } = options;
  const progress: Progress = { expected: options.expected, memory: options.memory ?? {} };
  let failures = 0;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    try {
      const outcome = await publishOnTip(session, options, progress);
      if (outcome !== undefined) return outcome;
    } catch (error) {
      failures += 1;
      if (!isGitFailure(error)) throw error;
      const isOpen = progress.memory.sent !== undefined;
      if (!isRetryable(error, isOpen) || failures > mostFailures)
        throw isOpen ? Object.assign(error, { isOpen: true }) : error;
    }
    // Spread, so that publishers that collided do not collide again.
    await pause(Math.min(2000, 50 * attempt) * (0.5 + Math.random()));
  }
  return failedOutcome(tree.cluster, target, [movedFolder(tree.cluster, target)]);
}

/** What the tries of one publish tell those after them. */
interface Progress {
  /** As the folder was when it was last looked at. */
  expected: Pick<PlanBase, 'folder'> | undefined;
  readonly memory: PushMemory;
}

/** One try: what came of it, undefined where the branch has moved on meanwhile. */
async function publishOnTip(
  session: RemoteSession,
  options: PublishTreeOptions,
  progress: Progress,
): Promise<PublishOutcome | undefined> {
  const { tip, draft } = await draftOnTip(session, { ...options, expected: progress.expected });
  const { sent, turnedAway } = progress.memory;
  const arrived = [sent, turnedAway].find((each) => each !== undefined && each.commit === tip);
  if (arrived !== undefined) return published(options, arrived);
  const missing = tip === undefined ? await withoutBranch(session, options) : undefined;
  if (missing !== undefined) return missing;
  if (draft === 'nothing') return sent === undefined ? unchanged(options, tip) : published(options, sent);
  if ('status' in draft) return draft;
  progress.expected = { ...(draft.folder !== undefined && { folder: draft.folder }) };
  return pushDraft(session, options, { draft, memory: progress.memory });
}

/** Refuses to make a branch that nobody asked for in a repository that has others. */
async function withoutBranch(
  session: RemoteSession,
  { tree, target, createBranch }: PublishTreeOptions,
): Promise<PublishOutcome | undefined> {
  if (createBranch === true) return undefined;
  const branches = await session.branches();
  // It may have come since the tip was asked for: then the push is what collides.
  if (branches.length === 0 || branches.includes(target.branch)) return undefined;
  return failedOutcome(tree.cluster, target, [missingBranch(tree.cluster, target, branches)]);
}

async function pushDraft(
  session: RemoteSession,
  options: PublishTreeOptions,
  { draft, memory }: { readonly draft: Draft; readonly memory: PushMemory },
): Promise<PublishOutcome | undefined> {
  const { tree, target } = options;
  const { commit, parents } = draft;
  const [expected] = parents;
  const at = { branch: target.branch, ...(expected !== undefined && { expected }) };
  memory.sent = draft;
  const result = await pushCommit(session, { ...at, commit, parents, how: 'onTop' });
  if (result.status === 'pushed') return published(options, draft);
  delete memory.sent;
  memory.turnedAway = draft;
  if (result.status !== 'refused') return undefined;
  return failedOutcome(tree.cluster, target, [refusedPush({ cluster: tree.cluster, target }, result)]);
}

/** A commit that is ready to be pushed. */
export interface Draft {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly changes: FolderChanges;
  /** What is worth a word and stops nothing, and the files that it points into. */
  readonly hints: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
  /** Id of the cluster's folder in the commit it is built on. */
  readonly folder?: string;
}

type Drafted = Draft | PublishOutcome | 'nothing';

/**
 * Asks where the branch is, and meanwhile drafts on where it was: mostly that is still so. Nothing that is not drafted on
 * what the server told gets out of here.
 */
async function draftOnTip(
  session: RemoteSession,
  options: PublishTreeOptions,
): Promise<{ readonly tip: string | undefined; readonly draft: Drafted }> {
  const { branch } = options.target;
  // Read while the server is asked; whoever needs them hears of a failure.
  const settings = readCommitSettings(session.git);
  settings.catch(() => undefined);
  const { failover } = options;
  const remembered = failover === undefined ? session.remembered(branch) : undefined;
  const early = remembered === undefined ? undefined : draftCommit(session, { ...options, settings }, remembered);
  const [asked, drafted] = await Promise.allSettled([
    session.fetch([branch, ...(failover ? [failover.branch] : [])]),
    early,
  ]);
  if (asked.status === 'rejected') throw asked.reason;
  const tip = asked.value.get(branch);
  if (early === undefined || tip !== remembered)
    return { tip, draft: await draftCommit(session, { ...options, settings }, tip, asked.value) };
  if (drafted.status === 'rejected') throw drafted.reason;
  return { tip, draft: drafted.value ?? 'nothing' };
}

async function draftCommit(
  session: RemoteSession,
  { settings, ...options }: PublishTreeOptions & { readonly settings: Promise<CommitSettings> },
  tip: string | undefined,
  tips: ReadonlyMap<string, string> = new Map(),
): Promise<Drafted> {
  const { tree, target, acknowledge = [], components } = options;
  const folder = await readRemoteFolder(session.git, tip, target.path);
  const changes = folderChanges(tree, folder);
  if (await holdsTree(session, { tree, folder, changes })) return 'nothing';
  const wrong =
    checkFolder(options, folder, options.expected) ?? (await checkFailover(session, options, { tips, folder }));
  if (wrong !== undefined) return failedOutcome(tree.cluster, target, [wrong]);
  const message = commitMessage({ tree, changes, ...madeFrom(options) });
  const parents = tip === undefined ? [] : [tip];
  const input = { tree, path: target.path, changes, base: tip, parents, message, format: session.objectFormat() };
  // A commit that is refused is never pushed, so it may be made meanwhile.
  const [judged, written] = await Promise.allSettled([
    judgeFolder(session, { tree, target, acknowledge, components, folder, changes, adopt: options.adopt === true }),
    writeCommit(session.git, input, settings),
  ]);
  if (judged.status === 'rejected') throw judged.reason;
  if (written.status === 'rejected') throw written.reason;
  const { findings, hints, sources } = judged.value.judgement;
  if (findings.length > 0) return failedOutcome(tree.cluster, target, findings, sources);
  const commit = written.value;
  session.keep(contentsById(tree, changes));
  return { commit, parents, changes, hints, sources, ...(folder.id !== undefined && { folder: folder.id }) };
}

/** What forbids to write into the folder; undefined where nothing does. */
export function checkFolder(
  { tree, target, adopt }: PublishTreeOptions,
  folder: RemoteFolder,
  reference: Pick<PlanBase, 'folder'> | undefined,
): Diagnostic | undefined {
  if (folder.inTheWay !== undefined) return foreignFolder(tree.cluster, target, folder.inTheWay);
  if (folder.overlaps !== undefined) return overlappingFolder(tree.cluster, target, folder.overlaps);
  if (reference !== undefined && reference.folder !== folder.id) return movedFolder(tree.cluster, target);
  const isForeign = folder.entries.size > 0 && !folder.entries.has(recordPath);
  return isForeign && adopt !== true ? foreignFolder(tree.cluster, target, undefined) : undefined;
}

/** The finding where the branch carries a failover of the cluster. */
export async function checkFailover(
  { git }: RemoteSession,
  { tree, target, failover }: Pick<PublishTreeOptions, 'tree' | 'target' | 'failover'>,
  { tips, folder }: { readonly tips: ReadonlyMap<string, string>; readonly folder: RemoteFolder },
): Promise<Diagnostic | undefined> {
  if (failover === undefined) return undefined;
  const place = { cluster: tree.cluster, target, branch: failover.branch };
  const kept = await readKeptFailover(git, place, tips.get(failover.branch));
  if (kept === undefined || 'code' in kept || !carriesFailover(kept, tips.get(target.branch), folder)) return undefined;
  return unadoptedFailover(place, failover.peer);
}

/** What a commit says of where its tree comes from. */
export function madeFrom({ source, step }: Pick<PublishTreeOptions, 'source' | 'step'>) {
  return { ...(source !== undefined && { source }), ...(step !== undefined && { step }) };
}

function published(
  { tree, target, step }: PublishTreeOptions,
  { commit, changes, hints, sources }: Draft,
): PublishOutcome {
  const counts = { written: changes.write.length, removed: changes.remove.length };
  const why = step === undefined ? {} : { step };
  return { cluster: tree.cluster, target, status: 'published', commit, ...counts, ...why, diagnostics: hints, sources };
}

function unchanged({ tree, target }: PublishTreeOptions, tip: string | undefined): PublishOutcome {
  const at = tip === undefined ? {} : { commit: tip };
  return { cluster: tree.cluster, target, status: 'unchanged', ...at, written: 0, removed: 0, diagnostics: [] };
}
