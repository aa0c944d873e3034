import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { formatPath, isObject, type JsonPath, type JsonValue } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { seesSecret } from '@fluxwright/model';
import { leafPaths, parsePath } from '../assemble/value-path.ts';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { contextSecrets } from './context-secrets.ts';

/**
 * No value that a schema declares secret reaches the tree, however a template has changed it on the way: what each value
 * of an object was made of is known from the template engine. What a chart makes of its values is not: where its objects
 * are in the tree, none of its values may be secret. Values that nobody set are no secrets yet.
 */
export function secretValues({ cluster, resources, replaced }: RenderedCluster): readonly Diagnostic[] {
  const secretsSeen = contextSecrets(cluster);
  return [...resources, ...replaced].flatMap((resource) => {
    const secrets = secretsSeen(resource);
    return secrets.length === 0 ? [] : tainted(resource, secrets);
  });
}

function tainted(resource: Resource, secrets: readonly JsonPath[]): readonly Diagnostic[] {
  const finding = (path: JsonPath, part: 'key' | 'value'): readonly Diagnostic[] => {
    const { span, reads } = resource.origin.trace(path, part);
    const read = reads.find((each) => readsSecret(each, secrets));
    if (read === undefined) return [];
    return [
      diagnostic('secret/secret-value', {
        message: `${objectTitle(resource)} holds ${read}, which is declared secret, and generated trees are committed`,
        primary: span,
        note: part === 'key' ? `becomes a key of ${formatPath(path.slice(0, -1))}` : `becomes ${formatPath(path)}`,
        help: 'keep the value in the secret store, and let an ExternalSecret bring it into the cluster',
      }),
    ];
  };
  const values = leafPaths(resource.object).map((path) => ({ path, found: finding(path, 'value') }));
  const found = values.filter((each) => each.found.length > 0);
  const isFound = (path: JsonPath): boolean =>
    found.some((value) => path.every((step, index) => value.path[index] === step));
  const keys = keyPaths(resource.object, []);
  return [
    ...found.flatMap((each) => each.found),
    // A key without an origin of its own was printed together with what stands there.
    ...keys.flatMap((path) => (isFound(path) ? [] : finding(path, 'key'))),
  ];
}

/** The paths of all keys of maps. */
function keyPaths(value: JsonValue, path: JsonPath): readonly JsonPath[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue, index) => keyPaths(item, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [[...path, key], ...keyPaths(item, [...path, key])]);
}

/** True where a context path that a template read has a secret in it, as {@link contextSecrets} has them. */
export function readsSecret(read: string, secrets: readonly JsonPath[]): boolean {
  return seesSecret(parsePath(read) ?? [], secrets);
}
