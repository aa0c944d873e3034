import { type KnownKind, loadSchemas, supportedVersions } from '@fluxwright/kubernetes-schemas';
import { groupOf } from '../object/object-id.ts';

interface KindIndex {
  readonly byKind: ReadonlyMap<string, KnownKind>;
  /** Groups of Kubernetes itself. */
  readonly builtIn: ReadonlySet<string>;
}

let index: KindIndex | undefined;

/** True for a kind whose objects have no namespace; false for one that has, or that nobody knows. */
export function isClusterScoped(group: string, kind: string): boolean {
  return known().byKind.get(`${group}/${kind}`)?.scope === 'Cluster';
}

/**
 * Names that the CustomResourceDefinition of a kind may have, the likeliest first; [] for a kind that needs none: of
 * Kubernetes itself, or of Flux, without which nothing is applied.
 */
export function definitionNames(apiVersion: string, kind: string): readonly string[] {
  const group = groupOf(apiVersion);
  if (!group.includes('.') || group.endsWith('.toolkit.fluxcd.io') || group === 'source.extensions.fluxcd.io')
    return [];
  if (known().builtIn.has(group)) return [];
  const plural = known().byKind.get(`${group}/${kind}`)?.plural;
  const plurals = typeof plural === 'string' ? [plural] : pluralsOf(kind);
  return plurals.map((each) => `${each}.${group}`);
}

/** The group of the definition with this name, `<plural>.<group>`. */
export function definitionGroup(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

/** Name of a kind's resource: known, or as Kubernetes guesses it. */
export function pluralOf(group: string, kind: string): string {
  return known().byKind.get(`${group}/${kind}`)?.plural ?? (pluralsOf(kind)[0] as string);
}

/** As UnsafeGuessKindToResource of k8s.io/apimachinery pkg/api/meta guesses, and the forms it misses. */
function pluralsOf(kind: string): readonly string[] {
  const singular = kind.toLowerCase();
  if (singular.endsWith('y')) return [`${singular.slice(0, -1)}ies`, `${singular}s`, singular];
  return singular.endsWith('s') || singular.endsWith('x')
    ? [`${singular}es`, singular]
    : [`${singular}s`, `${singular}es`, singular];
}

function known(): KindIndex {
  if (index === undefined) {
    const kinds = loadSchemas({ kubernetesVersion: supportedVersions()[0] as string }).listKinds();
    const builtIn = kinds.filter(({ source }) => source.module === 'k8s.io/kubernetes');
    index = {
      byKind: new Map(kinds.map((each) => [`${groupOf(each.apiVersion)}/${each.kind}`, each])),
      builtIn: new Set(builtIn.map(({ apiVersion }) => groupOf(apiVersion))),
    };
  }
  return index;
}
