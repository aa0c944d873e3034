import { isObject, type JsonObject, valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { itemsAt, specOf } from '../lint-context.ts';
import { type LintFinding, type LintRule, labelAt } from '../lint-rule.ts';

/**
 * What `targetPath` and `values` both set has one of the two values, and the other never counts. helm-controller lays
 * `values` over the references before each `targetPath` and once more at the end (fluxcd/pkg chartutil/values.go
 * ChartValuesFromReferences and merge.go MergeMaps, at e2cfd1a): the maps of `values` are written into, so a nested path
 * stays, unless its first map was copied by a merge before: for a key at the top, and after another reference into the
 * same map, the inline value comes back. Where the reference is `optional`, the inline value is what counts without it.
 */
export const overriddenValues: LintRule = {
  code: 'lint/overridden-values',
  check: ({ releases }) =>
    releases.flatMap((object) => {
      const references = itemsAt(object.object, ['spec', 'valuesFrom']);
      return references.flatMap(({ index, item }): readonly LintFinding[] => {
        const path = pathOf(item);
        if (path === undefined || item.optional === true) return [];
        const steps = ['spec', 'values', ...path];
        if (valueAt(object.object, steps) === undefined) return [];
        const before = references.filter((each) => each.index < index).map((each) => each.item);
        const winner = winnerOf(path, specOf(object), before);
        return [
          {
            object,
            at: ['spec', 'valuesFrom', index, 'targetPath'],
            message: `${objectTitle(object)} sets ${String(item.targetPath)} inline and by targetPath, ${said[winner].message}`,
            note: said[winner].note,
            labels: labelAt(object, steps, said[winner].inline),
            help: 'remove one of the two',
          },
        ];
      });
    }),
};

const said = {
  reference: { message: 'which wins', note: 'this one counts', inline: 'this one is never used' },
  inline: { message: 'and the inline value wins', note: 'this one is never used', inline: 'this one counts' },
  unknown: {
    message: 'and the references before it decide which wins',
    note: 'this one counts, unless an earlier reference sets the same map',
    inline: 'this one counts otherwise',
  },
} as const;

/** Who wins at a path that both set, given the references before. */
function winnerOf(
  path: readonly (string | number)[],
  spec: JsonObject,
  before: readonly JsonObject[],
): keyof typeof said {
  if (path.length === 1) return 'inline';
  const [first = ''] = path;
  if (!isObject(valueAt(spec, ['values', first]))) return 'reference';
  if (before.some((item) => pathOf(item)?.[0] === first)) return 'inline';
  return before.some((item) => pathOf(item) === undefined) ? 'unknown' : 'reference';
}

/** The steps of a `targetPath`; undefined for a reference to whole values. A dot behind a backslash is a dot. */
function pathOf({ targetPath }: JsonObject): readonly (string | number)[] | undefined {
  if (typeof targetPath !== 'string' || targetPath === '') return undefined;
  return targetPath
    .split(/(?<!\\)\./)
    .flatMap((part) => part.split(/\[(\d+)\]/).filter((step) => step !== ''))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('\\.', '.')));
}
