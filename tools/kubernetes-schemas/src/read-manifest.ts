import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './manifest.ts';

let manifest: Manifest | undefined;

/** manifest.json: every kind with its source, and what could not be had. */
export function readManifest(): Manifest {
  manifest ??= JSON.parse(readFileSync(join(import.meta.dirname, '../manifest.json'), 'utf8')) as Manifest;
  return manifest;
}
