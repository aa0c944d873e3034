/** The kinds of folders that are projects; the plural is the folder they lie in. */
export type ProjectKind = 'component' | 'product' | 'cluster';

/** Nx project of a component, product or cluster, e.g. `component-cert-manager`. */
export function projectName(kind: ProjectKind, name: string): string {
  return `${kind}-${name}`;
}
