import fc, { type GeneratorValue } from 'fast-check';
import type { Json } from '../src/json-schema.ts';

type Container = Record<string, Json> | Json[];

interface Place {
  readonly container: Container;
  readonly key: string | number;
}

/** The object with one thing changed, outside apiVersion, kind and metadata: a key gone, an unknown key, another type, a bound crossed. */
export function mutateExample(object: Json, gen: GeneratorValue): Json {
  const copy = structuredClone(object) as Record<string, Json>;
  const { apiVersion: _a, kind: _k, metadata: _m, ...own } = copy;
  const all = Object.keys(own).flatMap((key) => [{ container: copy, key }, ...places(copy[key] as Json)]);
  if (all.length === 0) return copy;
  const { container, key } = pick(gen, all);
  const fields = container as Record<string | number, Json>;
  const value = fields[key] as Json;
  const changed = pick(gen, ['gone', 'unknown', ...replacements(value)] as readonly (Json | undefined)[]);
  if (changed === 'gone') {
    if (Array.isArray(container)) container.splice(Number(key), 1);
    else delete fields[key];
  } else if (changed === 'unknown') {
    const target =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : fields;
    if (!Array.isArray(target)) target.notAField = 'value';
  } else fields[key] = changed as Json;
  return copy;
}

function replacements(value: Json): Json[] {
  const other: Json[] = [null, [], {}, true, 7, 'text', ['text'], [null], { key: 'value' }];
  if (typeof value === 'number') return [...other, -1, 0, value + 0.25, 1e12, -1e12, String(value)];
  if (typeof value === 'string') return [...other, '', ' ', `${value}!`, 'x'.repeat(300), value.toUpperCase(), '0'];
  if (Array.isArray(value))
    return [...other, [...value, ...value], Array.from({ length: 70 }, () => (value[0] ?? null) as Json)];
  return other;
}

function places(value: Json): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const container = value as Container;
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => [
    { container, key },
    ...places((container as Record<string | number, Json>)[key] as Json),
  ]);
}

function pick<T>(gen: GeneratorValue, list: readonly T[]): T {
  return list[gen(fc.nat, { max: list.length - 1 })] as T;
}
