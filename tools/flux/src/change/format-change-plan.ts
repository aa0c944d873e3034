import { objectTitle } from '@fluxwright/kubernetes';
import type { Change, ChangePlan } from './change.ts';
import { type MigrationStep, migrationSteps } from './migration-steps.ts';

/** How a change plan is printed: for people, for programs. */
export type ChangeFormat = 'text' | 'json';

/** A change plan and its safe order as text; ends with a newline. */
export function formatChangePlan(plan: ChangePlan, format: ChangeFormat): string {
  return format === 'json' ? json(plan) : text(plan);
}

function text(plan: ChangePlan): string {
  if (plan.changes.length === 0) return `Cluster ${plan.cluster} keeps every object where it is.\n`;
  const width = Math.max(...plan.changes.map(({ kind }) => kind.length));
  const lines = plan.changes.map((change) => changeLine(change, width));
  const steps = migrationSteps(plan).flatMap(stepLines);
  return `${[`Objects of cluster ${plan.cluster} that are lost, moved or made anew`, ...lines, '', 'The safe way', ...steps].join('\n')}\n`;
}

function changeLine({ kind, object, now, effect, because, loses, acknowledged }: Change, width: number): string {
  const to = now === undefined || objectTitle(now) === objectTitle(object) ? '' : ` → ${objectTitle(now)}`;
  const loss = loses === undefined ? '' : `; lost with it: ${loses}${acknowledged ? ' (acknowledged)' : ''}`;
  return `  ${kind.padEnd(width)}  ${objectTitle(object)}${to}: ${effect}, since ${because}${loss}`;
}

function stepLines({ kind, title, actions }: MigrationStep, index: number): readonly string[] {
  return [
    `  ${index + 1}. ${kind === 'hand' ? 'By hand' : 'Commit'}. ${title}`,
    ...actions.map((action) => `     - ${action}`),
  ];
}

function json(plan: ChangePlan): string {
  const id = ({ group, kind, namespace, name }: Change['object']) => ({ group, kind, namespace, name });
  const document = {
    cluster: plan.cluster,
    changes: plan.changes.map(({ object, now, ...rest }) => ({
      object: id(object),
      file: object.path,
      ...(now && { now: id(now) }),
      ...rest,
    })),
    unusedAcknowledgements: plan.unused,
    steps: migrationSteps(plan),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
