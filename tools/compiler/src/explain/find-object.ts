import { type Diagnostic, diagnostic, suggest } from '@fluxwright/diagnostics';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';

/**
 * The object that a person means by `Kind/name`, `Kind/namespace/name` or the path of its file in the tree. Kinds are
 * taken in any case. Where several objects fit, or none, the finding lists names that do.
 */
export function findObject({ cluster, resources }: RenderedCluster, text: string): Resource | Diagnostic {
  const fits = resources.filter((resource) => resource.path === text || namesOf(resource).includes(fold(text)));
  const [only, ...more] = fits;
  if (only !== undefined && more.length === 0) return only;
  const known = (only === undefined ? resources : fits).map(fullName);
  const near = only === undefined ? nearNames(text, resources) : known;
  return diagnostic('cli/unknown-object', {
    message:
      only === undefined
        ? `cluster ${cluster.name} has no object ${text}`
        : `${text} may be one of ${fits.length} objects`,
    help:
      near.length > 0
        ? `did you mean ${near.join(' or ')}?`
        : 'name it as Kind/name, Kind/namespace/name or by its file in the tree',
  });
}

/** The shortest full name: with the namespace where it has one. */
function fullName({ kind, namespace, name }: Resource): string {
  return namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

function namesOf(resource: Resource): string[] {
  return [fold(`${resource.kind}/${resource.name}`), fold(fullName(resource))];
}

/** Kinds in any case; names are lower-case in Kubernetes, but for a few of RBAC that differ by case alone. */
function fold(text: string): string {
  const slash = text.indexOf('/');
  return text.slice(0, slash).toLowerCase() + text.slice(slash);
}

function nearNames(text: string, resources: readonly Resource[]): readonly string[] {
  const near = suggest(
    text,
    resources.flatMap((resource) => [`${resource.kind}/${resource.name}`, fullName(resource), resource.path]),
  );
  if (near.length > 0) return near;
  const name = text.slice(text.lastIndexOf('/') + 1);
  return resources
    .filter((resource) => resource.name === name)
    .map(fullName)
    .slice(0, 3);
}
