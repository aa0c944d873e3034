import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Staged } from '@fluxwright/diagnostics';
import { type ChartsLock, lockFile, parseLock } from '@fluxwright/model';

/** The text of charts.lock.yaml; undefined where there is none. */
export function lockText(root: string): string | undefined {
  try {
    return readFileSync(join(root, lockFile), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What charts.lock.yaml says; undefined where there is none, or one that cannot be read, which is a finding. */
export function readLock(root: string): Staged<ChartsLock | undefined> {
  const text = lockText(root);
  return text === undefined ? { value: undefined, diagnostics: [] } : parseLock(text);
}
