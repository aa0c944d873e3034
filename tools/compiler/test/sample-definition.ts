interface SampleDefinition {
  readonly group?: string;
  readonly kind?: string;
  readonly scope?: 'Cluster' | 'Namespaced';
}

/** A CustomResourceDefinition as text, whose objects have a size at spec.size: `size` is its schema. */
export function sampleDefinition(
  plural: string,
  size: string,
  { group = 'example.com', kind = 'Widget', scope = 'Namespaced' }: SampleDefinition = {},
): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${plural}.${group}}
spec:
  group: ${group}
  scope: ${scope}
  names: {kind: ${kind}, listKind: ${kind}List, plural: ${plural}, singular: ${kind.toLowerCase()}}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: ${size}}}}}
`;
}
