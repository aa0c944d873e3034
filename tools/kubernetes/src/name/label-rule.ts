import type { JsonValue } from '@fluxwright/documents';
import { dnsSubdomain } from './name-rule.ts';

const namePart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** Why the API server refuses the key of a label or annotation: IsQualifiedName of k8s.io/apimachinery pkg/util/validation. */
export function labelKeyFault(key: string): string | undefined {
  const slash = key.indexOf('/');
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  if (prefix !== undefined && dnsSubdomain(prefix) !== undefined)
    return `the part of its key before "/" is no DNS name`;
  if (name.length > 63) return 'the name in its key is longer than 63 characters';
  if (!namePart.test(name))
    return 'its key may hold letters, digits, "-", "_", ".", with a letter or digit at both ends';
  return undefined;
}

/** Why it refuses the value of a label: IsValidLabelValue of the same package. */
export function labelValueFault(value: JsonValue): string | undefined {
  if (typeof value !== 'string') return notString(value);
  if (value.length > 63) return 'its value is longer than 63 characters';
  if (value === '' || namePart.test(value)) return undefined;
  return 'its value may hold letters, digits, "-", "_", ".", with a letter or digit at both ends';
}

/** Why it refuses a value that is no string. */
export function notString(value: JsonValue): string {
  return `its value is ${value === null ? 'null' : `a ${Array.isArray(value) ? 'list' : typeof value}`}, not a string: quote it`;
}
