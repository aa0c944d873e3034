import { objectTitle } from '@fluxwright/kubernetes';
import type { ClusterPlan } from './cluster-plan.ts';
import { countChanges } from './count-changes.ts';
import { fieldLines } from './format-value.ts';
import type { Danger, FileChange, ObjectChange, TreeDiff, VersionChange } from './tree-diff.ts';

/** The sign that stands before a change, the same in text and Markdown. */
export const signs = { added: '+', removed: '-', changed: '~', moved: '>' } as const;

/** Plans for a terminal: dangers first, then versions, objects with their fields, files, and who wakes up. */
export function formatPlanText(plans: readonly ClusterPlan[]): string {
  return plans.map((plan) => `${clusterLines(plan).join('\n')}\n`).join('\n');
}

function clusterLines({ cluster, target, base, diff }: ClusterPlan): readonly string[] {
  const tip = base === undefined ? 'new branch' : base.commit.slice(0, 10);
  return [
    `${cluster}: ${countChanges(diff)}`,
    `  to ${target.url} ${target.branch} (${tip}) ${target.path}`,
    ...section(
      'look twice',
      diff.dangers.map((danger) => `! ${objectTitle(danger.id)} ${dangerWords(danger)}`),
    ),
    ...section('versions', diff.versions.map(versionLine)),
    ...section('objects', diff.objects.flatMap(objectLines)),
    ...section(
      'files',
      diff.files.flatMap((each) => [
        fileLine(each),
        ...(each.change === 'changed' ? indent(each.hunks.split('\n').slice(0, -1)) : []),
      ]),
    ),
    ...section('Flux applies', wakeLines(diff)),
  ];
}

/** `~ bootstrap/main.tf.json`, with what its hunks do not say. */
export function fileLine({ change, path, note }: FileChange): string {
  return `${signs[change]} ${path}${note === undefined ? '' : ` (${note})`}`;
}

/** `cert-manager/cert-manager chart 1.2.0 → 1.3.0`. */
export function versionLine({ kind, id, path, before, after }: VersionChange): string {
  return `${objectTitle(id)} ${kind} ${path}: ${before ?? '(none)'} → ${after ?? '(none)'}`;
}

/** What is said of a danger, and whether publish refuses it. */
export function dangerWords({ message, refused }: Danger): string {
  return refused ? `${message}; publish refuses this` : message;
}

/** `wave 1: cert-manager (2)`, one line a wave. */
export function wakeLines({ wakes }: TreeDiff): readonly string[] {
  const waves = Map.groupBy(wakes, ({ wave }) => wave);
  return [...waves].map(([wave, all]) => {
    const names = all.map(({ fluxKustomization, objects }) => `${fluxKustomization} (${objects})`);
    return `wave ${wave}: ${names.join(', ')}`;
  });
}

function objectLines({ change, id, path, from, fields }: ObjectChange): readonly string[] {
  const place = from === undefined ? `  ${path}` : `  ${from} → ${path}`;
  return [`${signs[change]} ${objectTitle(id)}${place}`, ...indent(fields.flatMap(fieldLines))];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...indent(indent(lines))];
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
