import { parsePath, type Resource } from '@fluxwright/compiler';
import { type Diagnostic, diagnostic, didYouMean, type Label, layerLabels } from '@fluxwright/diagnostics';
import { isObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { type CaseContext, failure, objectsOf } from './case-context.ts';
import { contains, equals, shown } from './wiring/compare-values.ts';

type Expected = NonNullable<CaseContext['test']['spec']['expect']['objects']>[number];

/** What the rendered objects do not keep of `expect.objects`. */
export function checkObjects(context: CaseContext): readonly Diagnostic[] {
  const objects = objectsOf(context);
  return (context.test.spec.expect.objects ?? []).flatMap((expected, index) => {
    const at = ['objects', index];
    const found = objects.filter((object) => isMeant(object, expected));
    if (expected.absent === true) return found.map((object) => unexpected(context, at, object));
    const [object] = found;
    return object === undefined
      ? [missing(context, at, { expected, objects })]
      : checkValues(context, at, { expected, object });
  });
}

function isMeant({ apiVersion, kind, name, namespace }: Resource, expected: Expected): boolean {
  return (
    kind === expected.kind &&
    name === expected.name &&
    (expected.namespace === undefined || namespace === expected.namespace) &&
    (expected.apiVersion === undefined || apiVersion === expected.apiVersion)
  );
}

function missing(
  context: CaseContext,
  at: JsonPath,
  { expected, objects }: { readonly expected: Expected; readonly objects: readonly Resource[] },
): Diagnostic {
  const { component } = context;
  const wanted = `${expected.kind}/${expected.name}`;
  const names = objects.map(({ kind, name }) => `${kind}/${name}`);
  const same = objects.filter(({ kind, name }) => `${kind}/${name}` === wanted);
  const exact = same.map(({ apiVersion, namespace }) => `it is of ${apiVersion}, in namespace ${namespace ?? 'none'}`);
  return failure('test/missing-object', context, {
    at: [...at, 'name'],
    message: `${component.name} has no object ${wanted}`,
    note: 'expected, and not in the output',
    help: exact[0] ?? didYouMean(wanted, names) ?? `it has ${[...new Set(names)].sort().slice(0, 12).join(', ')}`,
  });
}

function unexpected(context: CaseContext, at: JsonPath, { kind, name, origin }: Resource): Diagnostic {
  return failure('test/unexpected-object', context, {
    at: [...at, 'absent'],
    message: `${context.component.name} has the object ${kind}/${name}`,
    note: 'expected not to be there',
    labels: [{ span: origin.span, message: 'it is made here' }],
  });
}

interface Pair {
  readonly expected: Expected;
  readonly object: Resource;
}

function checkValues(context: CaseContext, at: JsonPath, pair: Pair): Diagnostic[] {
  const { matches, contains: parts, missing: absent } = pair.expected;
  return [
    ...entries(matches).flatMap(([path, value]) =>
      checkValue(context, pair, { path, at: [...at, 'matches', path], value, holds: (is) => equals(is, value) }),
    ),
    ...entries(parts).flatMap(([path, value]) =>
      checkValue(context, pair, { path, at: [...at, 'contains', path], value, holds: (is) => contains(is, value) }),
    ),
    ...(absent ?? []).flatMap((path, index) =>
      checkValue(context, pair, { path, at: [...at, 'missing', index], holds: (is) => is === undefined }),
    ),
  ];
}

function entries(values: unknown): [string, JsonValue][] {
  return Object.entries((values ?? {}) as Readonly<Record<string, JsonValue>>);
}

interface ValueCheck {
  readonly path: string;
  readonly at: JsonPath;
  /** Absent where there must be nothing. */
  readonly value?: JsonValue;
  readonly holds: (is: JsonValue | undefined) => boolean;
}

function checkValue(context: CaseContext, { object }: Pair, { path, at, value, holds }: ValueCheck): Diagnostic[] {
  const steps = parsePath(path);
  if (steps === undefined || steps.length === 0) return [noPath(context, at, path)];
  const is = valueAt(object.object, steps);
  if (holds(is)) return [];
  const { kind, name } = object;
  const help = value === undefined ? undefined : helpFor(object, steps, { is, value });
  return [
    failure('test/unexpected-value', context, {
      at,
      message: `${kind}/${name} has ${shown(is)} at ${path}`,
      note: value === undefined ? 'expected to be nothing' : 'expected otherwise',
      labels: originOf(object, steps),
      ...(help === undefined ? {} : { help }),
    }),
  ];
}

function noPath({ test }: CaseContext, at: JsonPath, path: string): Diagnostic {
  return diagnostic('load/invalid-value', {
    message: `${JSON.stringify(path)} is not a path`,
    primary: test.document.locate(['spec', 'expect', ...at], at.at(-2) === 'missing' ? 'value' : 'key'),
    note: 'cannot be read',
    help: 'write spec.ports[0].name or metadata.labels["a/b"]',
  });
}

interface Difference {
  readonly is: JsonValue | undefined;
  readonly value: JsonValue;
}

function helpFor({ object }: Resource, steps: JsonPath, { is, value }: Difference): string | undefined {
  if (is === undefined) {
    const known = steps.findIndex((_, index) => valueAt(object, steps.slice(0, index + 1)) === undefined);
    const parent = valueAt(object, steps.slice(0, known));
    return isObject(parent) ? didYouMean(String(steps[known]), Object.keys(parent)) : undefined;
  }
  if (typeof is === typeof value || String(is) !== String(value)) return undefined;
  return typeof is === 'string' ? `it is a text: write "${is}" in quotes` : 'it is no text: write it without quotes';
}

/** The line that wrote the value or, where there is none, what stands above it; and the values behind it. */
function originOf({ object, origin }: Resource, steps: JsonPath): Label[] {
  const known = steps.findIndex((_, index) => valueAt(object, steps.slice(0, index + 1)) === undefined);
  const { span, layers } = origin.trace(known < 0 ? steps : steps.slice(0, known));
  return [{ span, message: known < 0 ? 'written here' : 'it would stand below this' }, ...layerLabels(layers)];
}
