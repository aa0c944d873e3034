import { isDeepStrictEqual } from 'node:util';
import type { DiagnosticFields } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, SourceDocument } from '@fluxwright/documents';
import { formatPath, isObject } from '@fluxwright/documents';
import type { Cluster, Component } from '../load/workspace.ts';
import { decides, type Layer } from './layered-values.ts';

/**
 * The values that two layers of one level set differently, each once, where no stronger level decides them. What they say
 * is not shown: it may be secret.
 */
export function conflictsIn(
  component: Component,
  levels: readonly (readonly Layer[])[],
  cluster: Cluster,
): readonly DiagnosticFields[] {
  return levels.flatMap((level, index) => {
    if (level.length < 2) return [];
    const stronger = levels.slice(index + 1).flat();
    const seen = new Set<string>();
    return pairsOf(level).flatMap(([first, second]) =>
      differences(first.value, second.value).flatMap((path) => {
        const where = formatPath(path);
        if (seen.has(where) || stronger.some((layer) => decides(layer, path))) return [];
        seen.add(where);
        return conflict(component, { first, second, path, cluster });
      }),
    );
  });
}

function pairsOf(level: readonly Layer[]): readonly (readonly [Layer, Layer])[] {
  return level.flatMap((first, index) => level.slice(index + 1).map((second) => [first, second] as const));
}

/** Paths that both say something of, and not the same. Keys of maps that only one has are no difference. */
function differences(a: JsonObject, b: JsonObject, path: JsonPath = []): readonly JsonPath[] {
  return Object.keys(a)
    .filter((key) => Object.hasOwn(b, key))
    .sort()
    .flatMap((key) => {
      const [x, y] = [a[key], b[key]];
      const at = [...path, key];
      if (isObject(x) && isObject(y)) return differences(x, y, at);
      return isDeepStrictEqual(x, y) ? [] : [at];
    });
}

interface Conflict {
  readonly first: Layer;
  readonly second: Layer;
  readonly path: JsonPath;
  readonly cluster: Cluster;
}

function conflict(component: Component, { first, second, path, cluster }: Conflict): DiagnosticFields {
  const where = formatPath(path);
  const spanIn = ({ document, path: top }: Layer) => (document as SourceDocument).locate([...top, ...path]);
  const file = cluster.manifest.file;
  return {
    message: `component "${component.name}" is given two values for ${where}, and neither comes before the other`,
    primary: spanIn(first),
    note: `one by ${first.by}`,
    labels: [{ span: spanIn(second), message: `the other by ${second.by}` }],
    help: `let one of the two say it, or decide in ${file}: spec.values.${formatPath([component.name, ...path])}`,
  };
}
