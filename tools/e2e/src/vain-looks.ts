import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from './stack.ts';

interface LogLine {
  readonly ts: string;
  readonly msg: string;
  readonly Kustomization?: { readonly name: string; readonly namespace: string };
}

/**
 * How often kustomize-controller looked at each FluxKustomization and did not begin it, although all that it depends on
 * had finished: by the controller's own log, from the start of the stack until it first began. One that depends on
 * nothing is left out. Throws where the log does not tell.
 */
export function vainLooks(
  stack: Stack,
  dependsOn: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const lines = readFileSync(join(stack.logs, 'kustomize-controller.log'), 'utf8')
    .split('\n')
    .flatMap((line): LogLine[] => (line.startsWith('{') ? [JSON.parse(line)] : []));
  const timesOf = (key: string, message: string): readonly number[] =>
    lines
      .filter(({ msg, Kustomization: it }) => it && `${it.namespace}/${it.name}` === key && msg.startsWith(message))
      .map(({ ts }) => Date.parse(ts));
  return new Map(
    [...dependsOn].flatMap(([key, needs]) => {
      if (needs.length === 0) return [];
      const [began] = timesOf(key, 'All dependencies are ready');
      if (began === undefined) throw new Error(`the log does not say when ${key} began`);
      const free = Math.max(
        ...needs.map((need) => timesOf(need, 'Reconciliation finished')[0] ?? Number.POSITIVE_INFINITY),
      );
      if (!Number.isFinite(free)) throw new Error(`the log does not say that all that ${key} depends on finished`);
      // The line comes after the state, which others see at once: what began in between looked in vain no more.
      const vain = timesOf(key, 'Dependencies do not meet ready condition').filter((at) => at > free && at < began);
      return [[key, vain.length]];
    }),
  );
}
