import { join } from 'node:path';
import { programState } from './program-state.ts';

const own = join(import.meta.dirname, '../..');

/** The {@link programState} of the compiler. */
export function compilerState(): string {
  return programState(own);
}
