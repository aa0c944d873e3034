import { createHash } from 'node:crypto';
import type { JsonObject } from '@fluxwright/documents';

/** Helm's longest name of a release. */
const longest = 53;

/**
 * The name that helm-controller gives a HelmRelease's release: `releaseName`, else `targetNamespace-name`, else the name;
 * of what is longer than 53 characters the first 40, a dash and 12 of the hexadecimal SHA-256 of the whole
 * (helm-controller v1.6.3: api/v2/helmrelease_types.go GetReleaseName, internal/release/name.go ShortenName).
 */
export function releaseNameOf(spec: JsonObject, name: string): string {
  const whole = composedName(spec, name);
  if (whole.length <= longest) return whole;
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 12);
  return `${whole.slice(0, longest - hash.length - 1)}-${hash}`;
}

/** The same name, however long it is. */
export function composedName({ releaseName, targetNamespace }: JsonObject, name: string): string {
  if (typeof releaseName === 'string' && releaseName !== '') return releaseName;
  return typeof targetNamespace === 'string' && targetNamespace !== '' ? `${targetNamespace}-${name}` : name;
}
