import type { Diagnostic } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { labelKeyFault, labelValueFault, notString, objectTitle } from '@fluxwright/kubernetes';
import { objectFinding } from '../data/object-finding.ts';
import type { Resource } from '../data/rendered-cluster.ts';
import type { CheckContext } from './check.ts';

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
    const reason = labelKeyFault(key) ?? labelValueFault(value);
    return reason === undefined ? [] : [fault(resource, { at: [...path, key], what: 'label', key, reason })];
  });
}

function annotations(resource: Resource, path: JsonPath): Diagnostic[] {
  const all = entries(resource, path);
  const found = all.flatMap(([key, value]) => {
    const reason = labelKeyFault(key.toLowerCase()) ?? (typeof value === 'string' ? undefined : notString(value));
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
