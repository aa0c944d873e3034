import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

/**
 * Name of the disaster-recovery peer in a cluster manifest, or undefined. Never throws: a manifest that cannot be read
 * or parsed has no peer here, and building its cluster says why.
 */
export function readPeer(root: string, file: string): string | undefined {
  try {
    const text = readFileSync(join(root, file), 'utf8');
    if (!text.includes('peer')) return undefined;
    const peer = parseDocument(text, { logLevel: 'silent' }).getIn(['spec', 'disasterRecovery', 'peer']);
    return typeof peer === 'string' && isFolderName(peer) ? peer : undefined;
  } catch {
    return undefined;
  }
}

/** The name goes into a file pattern of Nx, so anything but a plain name must stay out. */
function isFolderName(text: string): boolean {
  return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text);
}
