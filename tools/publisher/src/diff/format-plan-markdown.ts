import type { ClusterPlan } from './cluster-plan.ts';
import { countChanges } from './count-changes.ts';
import { dangerWords, signs, versionLine, wakeLines } from './format-plan-text.ts';
import { fieldLines } from './format-value.ts';
import { objectLabel } from './object-id.ts';
import type { TreeDiff } from './tree-diff.ts';

/** Gitea keeps at most 65,535 bytes of a body on some databases. */
const longest = 60_000;

/**
 * Plans as the body of a pull request. Whatever comes from a tree stands in code spans or fenced blocks, so no value can
 * mention people, close issues or become HTML. Cut where the forge would.
 */
export function formatPlanMarkdown(plans: readonly ClusterPlan[]): string {
  const text = plans.map((plan) => clusterText(plan)).join('\n');
  if (Buffer.byteLength(text) <= longest) return text;
  const brief = plans.map((plan) => clusterText(plan, false)).join('\n');
  const body = Buffer.byteLength(brief) <= longest ? brief : Buffer.from(brief).subarray(0, longest).toString('utf8');
  return `${body}\n\nThe plan is too long for this page; \`fluxwright diff\` prints all of it.\n`;
}

function clusterText({ cluster, target, base, input, diff }: ClusterPlan, detailed = true): string {
  const tip = base === undefined ? 'a new branch' : `\`${base.commit.slice(0, 10)}\``;
  return [
    `## ${cluster}: ${countChanges(diff)}`,
    '',
    `Into ${span(target.path)} of ${span(target.branch)}, seen at ${tip}. Input ${span(input.slice(0, 23))}.`,
    ...list(
      'Look twice',
      diff.dangers.map((danger) => `⚠️ ${span(objectLabel(danger.id))} ${span(dangerWords(danger))}`),
    ),
    ...list(
      'Versions',
      diff.versions.map((each) => span(versionLine(each))),
    ),
    ...list(
      'Flux applies',
      wakeLines(diff).map((line) => span(line)),
    ),
    ...(detailed ? details(diff) : []),
    '',
  ].join('\n');
}

function details(diff: TreeDiff): readonly string[] {
  const lines = [
    ...diff.objects.flatMap(({ change, id, path, from, fields }) => [
      `${signs[change]} ${objectLabel(id)}  ${from === undefined ? '' : `${from} → `}${path}`,
      ...fields.flatMap(fieldLines).map((line) => `    ${line}`),
    ]),
    ...diff.files.flatMap(({ change, path, hunks }) => [
      `${signs[change]} ${path}`,
      ...(change === 'changed'
        ? hunks
            .split('\n')
            .slice(0, -1)
            .map((line) => `    ${line}`)
        : []),
    ]),
  ];
  if (lines.length === 0) return [];
  return ['', '<details><summary>Objects and fields</summary>', '', ...fenced(lines), '', '</details>'];
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ['', `**${title}**`, '', ...items.map((item) => `- ${item}`)];
}

/** A code span that holds any text on one line (CommonMark 0.31, 6.1). */
function span(text: string): string {
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
