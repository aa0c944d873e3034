import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { formatPath, type JsonPath, type ResolvedComponent, valueAt } from '@fluxwright/model';
import { leafPaths, parsePath } from '../assemble/value-path.ts';
import type { RenderedCluster, Resource } from '../rendered-cluster.ts';
import { objectTitle } from '../validate/object-finding.ts';
import { type SecretPath, secretPaths, seesSecret } from './secret-paths.ts';

/**
 * No value that a schema declares secret reaches the tree, however a template has changed it on the way: what each value
 * of an object was made of is known from the template engine. Values that nobody set are no secrets yet.
 */
export function secretValues({ cluster, resources }: RenderedCluster): readonly Diagnostic[] {
  const secrets = new Map(
    cluster.components.flatMap((resolved) => {
      const paths = secretPaths(resolved.component).filter((path) => isSet(path, resolved));
      return paths.length === 0 ? [] : [[resolved.component.name, paths] as const];
    }),
  );
  if (secrets.size === 0) return [];
  return resources.flatMap((resource) => {
    const paths = secrets.get(resource.origin.stage?.component ?? '');
    return paths === undefined ? [] : tainted(resource, paths);
  });
}

function tainted(resource: Resource, secrets: readonly SecretPath[]): readonly Diagnostic[] {
  return leafPaths(resource.object).flatMap((path) => {
    const { span, reads } = resource.origin.trace(path);
    const read = reads.find((each) => secrets.some((secret) => isRead(each, secret)));
    if (read === undefined) return [];
    return diagnostic('secret/secret-value', {
      message: `${objectTitle(resource)} holds ${read}, which is declared secret, and generated trees are committed`,
      primary: span,
      note: `becomes ${formatPath(path)}`,
      help: 'keep the value in the secret store, and let an ExternalSecret bring it into the cluster',
    });
  });
}

function isRead(read: string, secret: SecretPath): boolean {
  const path: JsonPath = parsePath(read) ?? [];
  return path[0] === 'values' ? seesSecret(path.slice(1), secret) : path.length === 0;
}

/** Whether some layer sets the value, or anything below the first `*` of its path. */
function isSet(path: SecretPath, { values }: ResolvedComponent): boolean {
  const star = path.indexOf('*');
  const value = valueAt(values.value, star < 0 ? path : path.slice(0, star));
  return value !== undefined && value !== null;
}
