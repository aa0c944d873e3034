import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

const largest = 1024 * 1024;

/**
 * Name of the disaster-recovery peer in a cluster manifest, or undefined. Never throws: a manifest that cannot be read
 * or parsed has no peer here, and building its cluster says why.
 */
export function readPeer(root: string, file: string): string | undefined {
  try {
    const path = join(root, file);
    const stats = statSync(path);
    // A pipe would never end, and load refuses what is larger.
    if (!stats.isFile() || stats.size > largest) return undefined;
    const text = readFileSync(path, 'utf8');
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
