import { listWords } from '@fluxwright/diagnostics';
import { requiredComponents } from '../load/requirements.ts';
import type { Component } from '../load/workspace.ts';
import { checkRule, unmetChoice } from './check-choices.ts';
import { isPreview } from './is-preview.ts';
import { lookUp, type Member, type Resolution, report } from './resolution.ts';
import type { Reason } from './resolved-cluster.ts';

/** A component that somebody wants in the cluster. */
export interface Wish {
  readonly name: string;
  readonly reason: Reason;
  /** Left out silently where the choices do not allow it: a product says what could be there. */
  readonly optional: boolean;
}

/** Adds a component and all that it requires to the members; what cannot be there is reported, unless optional. */
export function admitComponent(resolution: Resolution, members: Map<string, Member<Component>>, first: Wish): void {
  const queue = [first];
  for (const { name, reason, optional } of queue) {
    const member = members.get(name);
    if (member !== undefined) {
      member.reasons.push(reason);
      continue;
    }
    const component = lookUp(resolution, 'components', name, reason);
    if (component === undefined || !canExist(resolution, component, { reason, optional })) continue;
    members.set(name, { item: component, reasons: [reason] });
    for (const { name: required, path } of requiredComponents(component)) {
      const span = component.manifest.locate(path);
      queue.push({
        name: required,
        optional: false,
        reason: { text: `component "${name}" requires the component "${required}"`, span },
      });
    }
  }
}

function canExist(resolution: Resolution, component: Component, { reason, optional }: Omit<Wish, 'name'>): boolean {
  const unmet = unmetChoice(resolution.settings.value, component);
  const isComing = component.spec.maturity === 'coming' && !isPreview(resolution.settings);
  if (unmet === undefined && !isComing) return true;
  if (unmet !== undefined) checkRule(resolution, component, unmet);
  if (optional) return false;
  if (unmet === undefined) {
    report(resolution, 'resolve/choice-unavailable', {
      message: `${reason.text}, which is not available yet`,
      primary: reason.span,
      note: 'maturity: coming',
      labels: [{ span: component.manifest.locate(['spec', 'maturity']), message: 'the catalogue says so here' }],
    });
    return false;
  }
  const options = component.spec.choices?.[unmet] ?? [];
  report(resolution, 'resolve/component-excluded', {
    message: `${reason.text}, which the cluster's choices exclude`,
    primary: reason.span,
    note: `exists only where ${unmet} is ${listWords(options, 'or')}`,
    labels: [{ span: component.manifest.locate(['spec', 'choices', unmet]), message: 'the rule' }],
    help: `remove it, or choose another ${unmet}`,
  });
  return false;
}
