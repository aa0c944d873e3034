import { isObject, mapsIn, valueAt } from '@fluxwright/documents';
import type { Tree } from '@nx/devkit';
import { parse } from 'yaml';
import { readContracts } from '../read-contracts.ts';

/**
 * The kind of service that could be asked for in place of each subchart: the kind that is called like it (`postgresql`, also `postgresql-ha`), or the first
 * that the component of its name provides. Subcharts that are nothing of the kind are absent.
 */
export function bundledServices(tree: Tree, subcharts: readonly string[]): ReadonlyMap<string, string> {
  const kinds = Object.keys(readContracts(tree));
  return new Map(
    subcharts.flatMap((name) => {
      const kind = kinds.find((each) => name === each || name.startsWith(`${each}-`)) ?? providedBy(tree, name);
      return kind !== undefined && kinds.includes(kind) ? [[name, kind] as const] : [];
    }),
  );
}

function providedBy(tree: Tree, component: string): string | undefined {
  const file = `components/${component}/component.yaml`;
  if (!tree.exists(file)) return undefined;
  const manifest: unknown = parse(tree.read(file, 'utf8') ?? '');
  const [first] = isObject(manifest as never)
    ? mapsIn(valueAt(manifest as never, ['spec', 'provides', 'services']))
    : [];
  return typeof first?.kind === 'string' ? first.kind : undefined;
}
