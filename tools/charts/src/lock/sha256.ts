import { hash } from 'node:crypto';

/** `sha256:<hex>` of some bytes, as OCI and locks write it. */
export function sha256(bytes: Uint8Array): string {
  return `sha256:${hash('sha256', bytes, 'hex')}`;
}
