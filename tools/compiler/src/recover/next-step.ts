import { hasRole, type PairPart, partOf, withRole } from './pair-part.ts';

/** What is to become of a pair: `to` is to be primary of what `from` is primary of now. */
export interface Recovery {
  /** `switchover`: both are well, and nothing may be lost. `failover`: `from` is lost. */
  readonly how: 'switchover' | 'failover';
  /** One service alone, as `<component>/<name>`. */
  readonly service?: string;
  /** What the former primaries left, by service: cluster.yaml takes them with the promotion. */
  readonly tokens?: Readonly<Record<string, string>>;
}

export interface PairParts {
  readonly from: PairPart;
  readonly to: PairPart;
}

/**
 * `demote`: `from` takes no more writes, and hands over. `promote`: `to` takes them. `settle`: what was needed for that goes.
 * `takeover`: `to` takes writes, and `from` is a standby if it ever comes back.
 */
export type StepName = 'demote' | 'promote' | 'settle' | 'takeover';

export type Step =
  | { readonly is: 'step'; readonly name: StepName; readonly parts: PairParts }
  /** It is so already. */
  | { readonly is: 'done' }
  /** Another step has to come before. */
  | { readonly is: 'refused'; readonly why: 'handing over' | 'no tokens now' };

/**
 * The next safe step: never are both primary of a service, and neither is only while one hands over (docs/decisions/0086). The
 * way back is the same with the clusters exchanged.
 */
export function nextStep(parts: PairParts, recovery: Recovery): Step {
  const step = recovery.how === 'failover' ? takeOver(parts, recovery) : switchOver(parts, recovery);
  const takesTokens = step.is === 'step' && step.name === 'promote';
  const hasTokens = Object.keys(recovery.tokens ?? {}).length > 0;
  return hasTokens && !takesTokens ? { is: 'refused', why: 'no tokens now' } : step;
}

function switchOver({ from, to }: PairParts, { service, tokens = {} }: Recovery): Step {
  if (hasRole(from, 'primary', service)) {
    if (from.switching || to.switching) return { is: 'refused', why: 'handing over' };
    return step('demote', { from: { ...withRole(from, 'standby', service), switching: true }, to });
  }
  if (hasRole(to, 'standby', service)) {
    const promoted = { ...withRole(to, 'primary', service), tokens };
    return step('promote', withoutSwitching({ from, to: promoted }));
  }
  const left = Object.keys(to.tokens).filter((key) => service === undefined || key === service);
  if (left.length === 0) return { is: 'done' };
  const kept = Object.entries(to.tokens).filter(([key]) => !left.includes(key));
  return step('settle', { from, to: { ...to, tokens: Object.fromEntries(kept) } });
}

function takeOver({ from, to }: PairParts, { service }: Recovery): Step {
  const isSo = !hasRole(to, 'standby', service) && !hasRole(from, 'primary', service);
  if (isSo) return { is: 'done' };
  const lost = { ...withRole(from, 'standby', service), ...(service === undefined && { tokens: {} }) };
  const taken = { ...withRole(to, 'primary', service), tokens: {} };
  return step('takeover', withoutSwitching({ from: lost, to: taken }));
}

/** Nobody hands over any more once each service has a primary. */
function withoutSwitching({ from, to }: PairParts): PairParts {
  const named = [...Object.keys(from.services), ...Object.keys(to.services)];
  const open =
    (from.role === 'standby' && to.role === 'standby') ||
    named.some((key) => partOf(from, key) === 'standby' && partOf(to, key) === 'standby');
  return open ? { from, to } : { from: { ...from, switching: false }, to: { ...to, switching: false } };
}

function step(name: StepName, parts: PairParts): Step {
  return { is: 'step', name, parts };
}
