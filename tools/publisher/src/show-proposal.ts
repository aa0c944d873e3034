import type { Diagnostic } from '@fluxwright/diagnostics';
import type { PullRequest } from 'gitea-js';
import type { PublishStep } from './commit-message.ts';
import type { ClusterPlan } from './diff/cluster-plan.ts';
import { countChanges } from './diff/count-changes.ts';
import { formatPlanBody, span } from './diff/format-plan-markdown.ts';
import { formatPlanText } from './diff/format-plan-text.ts';
import type { Forge } from './gitea/forge.ts';
import type { ForgeFailure } from './gitea/forge-failure.ts';
import { keepPlanFile, planFile } from './gitea/plan-file.ts';
import { commentOn, decoratePullRequest, upsertPullRequest } from './gitea/pull-request.ts';
import type { AsideCommits } from './set-aside.ts';

/** What a pull request shows. */
export interface Proposal {
  readonly head: string;
  readonly base: string;
  readonly plan: ClusterPlan;
  readonly step?: PublishStep;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  /** Commits of others that are off the branch now. */
  readonly aside: AsideCommits | undefined;
  /** A pull request for an earlier tree that a person closed. */
  readonly turnedDown: PullRequest | undefined;
}

export interface ShownProposal {
  readonly url?: string;
  /** True where it was opened now. */
  readonly isNew: boolean;
  /** What the forge refused of what goes with it; it is open and whole all the same. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Opens the pull request of a branch or brings it up to date: title, plan, a file with all of it, labels, reviewers. */
export async function showProposal(forge: Forge, proposal: Proposal): Promise<ShownProposal> {
  const { plan, step, aside, turnedDown } = proposal;
  const before =
    turnedDown === undefined
      ? ''
      : `Pull request #${turnedDown.number}, which asked for another change of this cluster, was closed without a merge.\n\n`;
  const title = `${step === undefined ? 'Publish' : 'Hold for a migration of'} ${plan.cluster}: ${countChanges(plan.diff)}`;
  const attached = formatPlanBody([plan], `all of it is in the file ${planFile} below`);
  const wanted = { ...proposal, title, body: `${before}${attached.text}` };
  const { pull, isNew } = await upsertPullRequest(forge, wanted);
  if (aside !== undefined) await commentOn(forge, pull, asideWords(aside));
  const diagnostics: Diagnostic[] = [];
  try {
    await keepPlanFile(forge, pull, attached.isShort ? formatPlanText([plan]) : undefined);
  } catch (error) {
    if (!isForgeFailure(error)) throw error;
    // A server without attachments: then the page says where else the plan is.
    if (attached.isShort)
      await upsertPullRequest(forge, { ...wanted, body: `${before}${formatPlanBody([plan]).text}` });
  }
  try {
    await decoratePullRequest(forge, pull, proposal);
  } catch (error) {
    if (!isForgeFailure(error)) throw error;
    diagnostics.push({
      ...error.finding,
      primary: { file: `clusters/${plan.cluster}/cluster.yaml` },
      note: `the pull request is open: ${pull.html_url ?? `#${pull.number}`}`,
      cluster: plan.cluster,
    });
  }
  return { ...(pull.html_url !== undefined && { url: pull.html_url }), isNew, diagnostics };
}

function asideWords({ branch, commits }: AsideCommits): string {
  return [
    'This branch holds nothing but the tree that was validated, so these commits of others are off it:',
    '',
    ...commits.map(({ id, author, title }) => `- ${id} ${span(title)} by ${span(author)}`),
    '',
    `They are kept on ${span(branch)}. What they change belongs into the sources of the cluster.`,
    '',
  ].join('\n');
}

function isForgeFailure(error: unknown): error is ForgeFailure {
  return error instanceof Error && error.name === 'ForgeFailure';
}
