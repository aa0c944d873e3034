import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** API group → the component of a workspace that brings its definitions, as the components declare it. */
export function definitionGroups(root: string): ReadonlyMap<string, string> {
  const folder = join(root, 'components');
  const components = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(
    components.flatMap(({ name }) => {
      const { spec } = parse(readFileSync(join(folder, name, 'component.yaml'), 'utf8'));
      const crds: readonly (string | { name: string })[] = spec.provides?.crds ?? [];
      const names = crds.map((crd) => (typeof crd === 'string' ? crd : crd.name));
      return names.map((crd) => [crd.slice(crd.indexOf('.') + 1), name] as const);
    }),
  );
}
