import { hash } from 'node:crypto';
import type { Line } from './open-line.ts';

/**
 * Starts the engines for clusters that are to be run, unless a run with the same input has found all good: then none is needed.
 * The function that is returned remembers that this one has.
 */
export function startEngines({ workspace, names, engines }: Line, changed: readonly string[]): () => void {
  const input = hash('sha256', JSON.stringify(['input', names, [...workspace.sources]]), 'hex');
  if (changed.length > 0 && engines.verdicts.get(input) === undefined) engines.schemas.warmUp();
  return () => engines.verdicts.set(input, []);
}
