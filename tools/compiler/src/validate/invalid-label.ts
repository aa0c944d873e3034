import type { Diagnostic } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/model';
import type { Resource } from '../rendered-cluster.ts';
import type { CheckContext } from './check.ts';
import { dnsSubdomain } from './name-rule.ts';
import { objectFinding, objectTitle } from './object-finding.ts';

/** Of all annotations of an object together: TotalAnnotationSizeLimitB in k8s.io/apimachinery pkg/api/validation. */
const mostAnnotationBytes = 256 * 1024;

/** Where objects carry metadata: their own, and that of the pods they make. */
const metadataPaths: readonly JsonPath[] = [
  ['metadata'],
  ['spec', 'template', 'metadata'],
  ['spec', 'jobTemplate', 'spec', 'template', 'metadata'],
];

/**
 * Labels and annotations are such as the API server takes: k8s.io/apimachinery pkg/util/validation IsQualifiedName and
 * IsValidLabelValue, pkg/api/validation ValidateAnnotations.
 */
export function invalidLabel({ applied }: CheckContext): readonly Diagnostic[] {
  return applied.flatMap((resource) =>
    metadataPaths.flatMap((path) => [
      ...labels(resource, [...path, 'labels']),
      ...annotations(resource, [...path, 'annotations']),
    ]),
  );
}

function labels(resource: Resource, path: JsonPath): Diagnostic[] {
  return entries(resource, path).flatMap(([key, value]) => {
    const reason = keyFault(key) ?? valueFault(value);
    return reason === undefined ? [] : [fault(resource, { at: [...path, key], what: 'label', key, reason })];
  });
}

function annotations(resource: Resource, path: JsonPath): Diagnostic[] {
  const all = entries(resource, path);
  const found = all.flatMap(([key, value]) => {
    const reason = keyFault(key.toLowerCase()) ?? (typeof value === 'string' ? undefined : notString(value));
    return reason === undefined ? [] : [fault(resource, { at: [...path, key], what: 'annotation', key, reason })];
  });
  const bytes = all.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)), 0);
  if (bytes <= mostAnnotationBytes) return found;
  const reason = `all of them together have ${bytes} bytes, and ${mostAnnotationBytes} is the limit`;
  return [...found, fault(resource, { at: path, what: 'annotations', key: '', reason })];
}

function entries(resource: Resource, path: JsonPath): [string, JsonValue][] {
  const map = valueAt(resource.object, path);
  return isObject(map) ? Object.entries(map as JsonObject) : [];
}

interface Fault {
  readonly at: JsonPath;
  readonly what: string;
  readonly key: string;
  readonly reason: string;
}

function fault(resource: Resource, { at, what, key, reason }: Fault): Diagnostic {
  return objectFinding('validate/invalid-label', resource, {
    at,
    message: `Kubernetes refuses the ${what}${key === '' ? '' : ` "${key}"`} of ${objectTitle(resource)}`,
    note: reason,
    help: 'see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  });
}

const namePart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

function keyFault(key: string): string | undefined {
  const slash = key.indexOf('/');
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  if (prefix !== undefined && dnsSubdomain(prefix) !== undefined)
    return `the part of its key before "/" is no DNS name`;
  if (name.length > 63) return 'the name in its key is longer than 63 characters';
  if (!namePart.test(name))
    return 'its key may hold letters, digits, "-", "_", ".", with a letter or digit at both ends';
  return undefined;
}

function valueFault(value: JsonValue): string | undefined {
  if (typeof value !== 'string') return notString(value);
  if (value.length > 63) return 'its value is longer than 63 characters';
  if (value === '' || namePart.test(value)) return undefined;
  return 'its value may hold letters, digits, "-", "_", ".", with a letter or digit at both ends';
}

function notString(value: JsonValue): string {
  return `its value is ${value === null ? 'null' : `a ${Array.isArray(value) ? 'list' : typeof value}`}, not a string: quote it`;
}
