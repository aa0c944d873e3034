import { objectTitle } from '@fluxwright/kubernetes';
import type { ClusterPlan } from './cluster-plan.ts';
import { countChanges } from './count-changes.ts';
import { dangerWords, fileLine, signs, versionLine, wakeLines } from './format-plan-text.ts';
import { fieldLines } from './format-value.ts';
import { type PlanEntry, rankFile, rankObject, shortenEntries, shortenList } from './shorten-plan.ts';
import type { TreeDiff } from './tree-diff.ts';

/** Gitea keeps at most 65,535 bytes of a body on some databases. */
const longest = 60_000;

/** A body, and whether anything had to be left out of it. */
export interface PlanBody {
  readonly text: string;
  readonly isShort: boolean;
}

/**
 * Plans as the body of a pull request. Whatever comes from a tree stands in code spans or fenced blocks, so no value can
 * mention people, close issues or become HTML. What is longer than the forge takes is shortened by importance: dangers,
 * versions and removals stay longest, fields go before objects. `rest` says where the reader finds all of it.
 */
export function formatPlanBody(plans: readonly ClusterPlan[], rest = '`fluxwright diff` prints all of it'): PlanBody {
  const whole = plans.map((plan) => clusterText(plan, Number.POSITIVE_INFINITY)).join('\n');
  if (Buffer.byteLength(whole) <= longest) return { text: whole, isShort: false };
  const foot = `\nThe plan is too long for this page: ${rest}.\n`;
  const room = longest - Buffer.byteLength(foot);
  const each = Math.max(shortest, Math.floor(room / plans.length));
  const texts: string[] = [];
  let left = room;
  for (const plan of plans) {
    const text = clusterText(plan, each);
    left -= Buffer.byteLength(text) + 1;
    if (left < 0) {
      texts.push(`… and ${plans.length - texts.length} more clusters\n`);
      break;
    }
    texts.push(text);
  }
  return { text: `${texts.join('\n')}${foot}`, isShort: true };
}

/** The body alone. */
export function formatPlanMarkdown(plans: readonly ClusterPlan[]): string {
  return formatPlanBody(plans).text;
}

/** A cluster gets at least so many bytes: its title and the beginning of each list. */
const shortest = 2_000;

function clusterText({ cluster, target, base, input, diff }: ClusterPlan, room: number): string {
  const tip = base === undefined ? 'a new branch' : `\`${base.commit.slice(0, 10)}\``;
  const head = [
    `## ${cluster}: ${countChanges(diff)}`,
    '',
    `Into ${span(target.path)} of ${span(target.branch)}, seen at ${tip}. Input ${span(input.slice(0, 23))}.`,
    ...list(
      'Look twice',
      diff.dangers.map((danger) => `⚠️ ${span(objectTitle(danger.id))} ${span(dangerWords(danger))}`),
      room / 3,
    ),
    ...list(
      'Versions',
      diff.versions.map((each) => span(versionLine(each))),
      room / 6,
    ),
    ...list(
      'Flux applies',
      wakeLines(diff).map((line) => span(line)),
      room / 12,
    ),
  ];
  // What stands around the details, and their fence.
  const left = room - Buffer.byteLength(head.join('\n')) - 200;
  return [...head, ...details(diff, left), ''].join('\n');
}

function details(diff: TreeDiff, room: number): readonly string[] {
  const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => `    ${line}`);
  const entries: PlanEntry[] = [
    ...diff.objects.map((each) => ({
      rank: rankObject(each, diff),
      head: `${signs[each.change]} ${objectTitle(each.id)}  ${each.from === undefined ? '' : `${each.from} → `}${each.path}`,
      rest: indent(each.fields.flatMap(fieldLines)),
    })),
    ...diff.files.map((each) => ({
      rank: rankFile(each),
      head: fileLine(each),
      rest: each.change === 'changed' ? indent(each.hunks.split('\n').slice(0, -1)) : [],
    })),
  ];
  if (entries.length === 0) return [];
  const lines = shortenEntries(entries, room);
  return ['', '<details><summary>Objects and fields</summary>', '', ...fenced(lines), '', '</details>'];
}

function list(title: string, items: readonly string[], room: number): readonly string[] {
  if (items.length === 0) return [];
  const lines = items.map((item) => `- ${item}`);
  return ['', `**${title}**`, '', ...shortenList(lines, room)];
}

/** A code span that holds any text on one line (CommonMark 0.31, 6.1). */
export function span(text: string): string {
  const line = text.replace(/[\r\n]+/g, ' ');
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

function fenced(lines: readonly string[]): readonly string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}diff`, ...lines, fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
