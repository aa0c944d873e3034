import { type Diagnostic, diagnostic, listWords } from '@fluxwright/diagnostics';
import { canonicalText, isObject, type JsonObject, type JsonPath, type JsonValue } from '@fluxwright/documents';
import type { RecordedFacts, RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { objectPart } from '../facts/object-part.ts';
import { factTitle } from '../facts/object-title.ts';
import { isSureOf } from '../facts/recorded-release.ts';

/** More objects than these are not named. */
const mostNamed = 3;

/**
 * What was recorded of a chart is of the chart that the component names, and, where that is at hand, what it makes: each object
 * that the facts are sure of is made so, and no other is (docs/decisions/0061).
 */
export function proveFacts({ recorded, released }: RenderedCluster): readonly Diagnostic[] {
  const made = Map.groupBy(released, ({ origin }) => origin.stage?.component ?? '');
  return recorded.flatMap((each) =>
    each.stale === undefined
      ? each.isAtHand
        ? unlikeChart(each, made.get(each.component) ?? [])
        : []
      : [finding(each, { at: ['spec', 'chart', 'version'], message: 'are of another chart', note: each.stale })],
  );
}

function unlikeChart(recorded: RecordedFacts, released: readonly Resource[]): readonly Diagnostic[] {
  const { facts, release } = recorded;
  const title = (object: JsonObject): string => factTitle(object, facts.spec.release.namespace);
  const made = new Map(released.map(({ object }) => [title(object), objectPart(object)]));
  const said = new Map(release.objects.map(({ index, object }) => [title(object), { index, object }]));
  const other = [...said].flatMap(([name, { index, object }]): readonly Unlike[] => {
    const there = made.get(name);
    if (!isSureOf(release, name)) return [];
    if (there === undefined) return [{ name, at: [index], says: `${name} is not made` }];
    const at = firstDifference(object, there);
    return at === undefined ? [] : [{ name, at: [index, ...at], says: `${name} is made otherwise` }];
  });
  // A chart may name objects after what it is given: where some may come or go, others may, too.
  const more = [...(release.isWhole ? made.keys() : [])]
    .filter((name) => !said.has(name) && isSureOf(release, name))
    .map((name): Unlike => ({ name, at: [], says: `${name} is made, too` }));
  const all = [...other, ...more];
  const [first] = all;
  if (first === undefined) return [];
  const rest = all.length - mostNamed;
  const named = all.slice(0, mostNamed).map(({ says }) => says);
  return [
    finding(recorded, {
      at: ['spec', 'objects', ...first.at],
      message: 'are not what the chart makes',
      note: listWords([...named, ...(rest > 0 ? [`${rest} more`] : [])], 'and'),
    }),
  ];
}

interface Unlike {
  readonly name: string;
  /** Below the objects of the facts. */
  readonly at: JsonPath;
  readonly says: string;
}

/** The way to the first value that differs; undefined where none does. */
function firstDifference(said: JsonValue | undefined, made: JsonValue | undefined): JsonPath | undefined {
  if (canonicalText(said) === canonicalText(made)) return undefined;
  if (isObject(said) && isObject(made)) {
    const keys = [...new Set([...Object.keys(said), ...Object.keys(made)])];
    for (const key of keys) {
      const below = firstDifference(said[key], made[key]);
      if (below !== undefined) return said[key] === undefined ? [] : [key, ...below];
    }
  }
  if (Array.isArray(said) && Array.isArray(made)) {
    for (const [index, each] of said.entries()) {
      const below = firstDifference(each as JsonValue, made[index] as JsonValue | undefined);
      if (below !== undefined) return [index, ...below];
    }
  }
  return [];
}

function finding(
  { component, facts }: RecordedFacts,
  { at, message, note }: { readonly at: JsonPath; readonly message: string; readonly note: string },
): Diagnostic {
  return diagnostic('prove/stale-facts', {
    message: `the facts of the chart of component "${component}" ${message}`,
    primary: facts.document.locate(at),
    note,
    help: `run \`fluxwright charts facts ${component}\` with the chart at hand`,
  });
}
