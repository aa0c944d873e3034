import { readFileSync } from 'node:fs';
import { engineFile } from './engine-file.ts';

/** sha256 of the committed build of the engine, as hex: equal digests give equal results. */
export function engineDigest(): string {
  return readFileSync(new URL(`${engineFile().href}.sha256`), 'utf8').slice(0, 64);
}
