import { memo, memoText } from '../memo/memo.ts';
import { isObject } from './json-path.ts';
import type { JsonObject, JsonPath, JsonValue } from './source-document.ts';

/** One value inside another, and the way to it. */
export interface Place {
  readonly path: JsonPath;
  readonly value: JsonValue;
}

type Step = { readonly key: string } | { readonly glob: string } | 'items' | 'deep' | 'keys';

const stepsOf = memoText(parse);

/**
 * The values at `path` inside `value`, with their own paths: `spec.data[].name` (each item), `spec.*SecretRef` (keys that
 * fit), `spec.**` (everything below, and itself), `data.~` (the keys of a map). [] where nothing is there.
 */
export function placesAt(value: JsonValue, path: string): readonly Place[] {
  return stepsOf(path).reduce<readonly Place[]>(
    (places, step) => (step === 'deep' ? topmost(places) : places).flatMap((place) => follow(place, step)),
    [{ path: [], value }],
  );
}

/** Places in none of the others: what is below those is below these too, and each `**` would multiply it. */
function topmost(places: readonly Place[]): readonly Place[] {
  if (places.length < 2) return places;
  const keys = new Set(places.map(({ path }) => JSON.stringify(path)));
  return places.filter(({ path }) => !path.some((_, index) => keys.has(JSON.stringify(path.slice(0, index)))));
}

function parse(path: string): readonly Step[] {
  const segments = path.split('.').filter((segment) => segment !== '');
  return segments.flatMap((segment): Step[] => {
    const key = segment.replace(/(\[\])+$/, '');
    const items = Array.from({ length: (segment.length - key.length) / 2 }, () => 'items' as const);
    if (key === '') return items;
    if (key === '**') return ['deep', ...items];
    if (key === '~') return ['keys'];
    if (!key.includes('*')) return [{ key }, ...items];
    return [{ glob: key }, ...items];
  });
}

function follow({ path, value }: Place, step: Step): readonly Place[] {
  if (step === 'items') {
    return Array.isArray(value) ? value.map((item, index) => ({ path: [...path, index], value: item })) : [];
  }
  if (step === 'deep') return value === null || typeof value !== 'object' ? [] : everythingBelow(value, path);
  if (!isObject(value)) return [];
  if (step === 'keys') return Object.keys(value).map((key) => ({ path: [...path, key], value: key }));
  if ('key' in step) {
    const found = Object.hasOwn(value, step.key) ? value[step.key] : undefined;
    return found === undefined ? [] : [{ path: [...path, step.key], value: found }];
  }
  return Object.entries(value).flatMap(([key, each]) =>
    fits(step.glob, key) ? [{ path: [...path, key], value: each }] : [],
  );
}

/** Whether a text is that of a glob with `*` for any text, in time that is at most the product of both. */
function fits(glob: string, text: string): boolean {
  const [first = '', ...parts] = glob.split('*');
  const last = parts.pop() ?? '';
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

/** A map or list and every map or list below it. Walked once, since several relations look at the same place. */
const everythingBelow = memo(
  (value: JsonObject | readonly JsonValue[], path: JsonPath): readonly Place[] => [...below({ path, value })],
  ([before], [path]) => isSamePath(before, path),
);

function isSamePath(a: JsonPath, b: JsonPath): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

/** A map or list and every map or list below it. */
function* below({ path, value }: Place): Generator<Place> {
  if (value === null || typeof value !== 'object') return;
  yield { path, value };
  for (const [key, each] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    yield* below({ path: [...path, key], value: each });
  }
}
