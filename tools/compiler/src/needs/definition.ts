/** The API group and kind of definitions of custom kinds. */
export const definition = { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' } as const;
