import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blobId } from '../tree/blob-id.ts';

/** More files than this in one commit are a tree that is new: keeping them costs more than fetching one of them again. */
const most = 100;

/**
 * Keeps what a commit of ours wrote beside the scratch repository: it is what the next commit changes, and asking git for it
 * would be a process, asking the server a handshake.
 */
export function keepContents(folder: string, contents: ReadonlyMap<string, Buffer>): void {
  if (contents.size > most) return;
  mkdirSync(join(folder, 'contents'), { recursive: true });
  for (const [id, bytes] of contents) writeFileSync(join(folder, 'contents', id), bytes);
}

/** The content of a file by its id in git; undefined where it is not kept, or not whole. */
export function keptContent(folder: string, id: string): Buffer | undefined {
  try {
    const bytes = readFileSync(join(folder, 'contents', id));
    return blobId(bytes, id.length === 64 ? 'sha256' : 'sha1') === id ? bytes : undefined;
  } catch {
    return undefined;
  }
}
