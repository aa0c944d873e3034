import type { JsonObject } from '@fluxwright/documents';

/** An object with the folder it goes to. */
export interface PlacedObject {
  readonly folder: string;
  readonly object: JsonObject;
}

/**
 * A file for each object, in the order given: `<kind>-<name>.yaml` in lower case; where two of a folder would clash the
 * namespace is added, then the group, then a number for what is the same object twice (which validate refuses).
 */
export function objectPaths(objects: readonly PlacedObject[]): readonly string[] {
  const named = [shortName, withNamespace, withGroup];
  let paths = objects.map((each) => pathOf(each, shortName));
  for (const name of named.slice(1)) {
    const clashing = duplicates(paths);
    if (clashing.size === 0) return paths;
    paths = objects.map((each, at) => (clashing.has(paths[at] as string) ? pathOf(each, name) : (paths[at] as string)));
  }
  const seen = new Map<string, number>();
  return paths.map((path) => {
    const count = (seen.get(path) ?? 0) + 1;
    seen.set(path, count);
    return count === 1 ? path : path.replace(/\.yaml$/, `-${count}.yaml`);
  });
}

function pathOf({ folder, object }: PlacedObject, name: (object: JsonObject) => string): string {
  return `${folder}/${name(object)
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')}.yaml`;
}

function shortName(object: JsonObject): string {
  return `${object.kind}-${(object.metadata as JsonObject).name}`;
}

function withNamespace(object: JsonObject): string {
  const { name, namespace } = object.metadata as JsonObject;
  return [object.kind, ...(namespace === undefined ? [] : [namespace]), name].join('-');
}

function withGroup(object: JsonObject): string {
  const [group, version] = String(object.apiVersion).split('/');
  return `${withNamespace(object)}-${version === undefined ? 'core' : group}`;
}

function duplicates(paths: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(paths.filter((path) => seen.has(path) || !seen.add(path)));
}
