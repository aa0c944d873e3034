import { createHash } from 'node:crypto';

/** The hash functions of git repositories. */
export type ObjectFormat = 'sha1' | 'sha256';

/** Git's id of a file's content: the digest of `blob <size> NUL <content>`. */
export function blobId(bytes: Buffer, format: ObjectFormat): string {
  return createHash(format).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
