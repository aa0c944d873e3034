import { loadSchemas, type Scope, supportedVersions } from '@fluxwright/kubernetes-schemas';

/** Whether objects of a kind live in a namespace; undefined for a kind nobody knows. */
export type ScopeOf = (apiVersion: string, kind: string) => Scope | undefined;

let known: ScopeOf | undefined;

/**
 * Scope of the built-in kinds of the newest Kubernetes we know, and of the custom kinds that have schemas. No built-in
 * kind has changed its scope between the minors we support.
 */
export const knownScope: ScopeOf = (apiVersion, kind) => {
  if (known === undefined) {
    const newest = supportedVersions().toSorted((a, b) => minorOf(b) - minorOf(a))[0] as string;
    known = loadSchemas({ kubernetesVersion: newest }).scopeOf;
  }
  return known(apiVersion, kind);
};

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
