import type { CopiedService, PairParts } from '@fluxwright/compiler';
import { plainTable } from '@fluxwright/diagnostics';

export interface ShownPair {
  readonly from: string;
  readonly to: string;
  readonly parts: PairParts;
  readonly services: readonly CopiedService[];
}

/** The state of a pair for people: a line a service, then what is under way. */
export function formatPair({ from, to, parts, services }: ShownPair): string {
  const rows = services.map(({ key, kind, strategy, roles }) => [key, kind, strategy, roles.from, roles.to]);
  const all = ['all others', '', '', parts.from.role, parts.to.role];
  const table = plainTable([['Service', 'Kind', 'Strategy', from, to], ...rows, all]);
  const sides = [[from, to, parts.from, parts.to] as const, [to, from, parts.to, parts.from] as const];
  const open = sides.flatMap(([name, other, part, theirs]) => [
    ...(part.switching
      ? [`${name} hands over: once ${other} has all, npx fluxwright dr switchover ${name} ${other}`]
      : []),
    ...(Object.keys(part.tokens).length > 0 && !theirs.switching
      ? [`${name} still has tokens: once it takes writes, npx fluxwright dr switchover ${other} ${name}`]
      : []),
  ]);
  return [table, ...open.map((line) => `${line}\n`)].join('');
}
