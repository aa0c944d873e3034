import type { Json } from '../../src/json-schema.ts';

type Key = string | number;
type Container = { [key: Key]: Json };

/** An object with one thing changed. */
export interface Mutant {
  /** `gone /spec/replicas` */
  readonly name: string;
  readonly object: Record<string, Json>;
}

const values: Readonly<Record<string, Json>> = {
  'a number': 7,
  'a text': 'text',
  'an empty text': '',
  'an empty map': {},
  'a boolean': true,
  'a large number': 3_000_000_000,
  'a fraction': 1.5,
};

/**
 * Every key and item of an object gone, null and of other types, and an unknown key in every map; apiVersion, kind and what holds the name
 * stay. No item of a list becomes null: of built-in kinds the schemas refuse it on purpose.
 */
export function mutantsOf(object: Record<string, Json>): Mutant[] {
  return pathsOf(object)
    .filter((path) => !/^(apiVersion|kind|metadata|metadata.name)$/.test(path.join('.')))
    .flatMap((path) => {
      const at = `/${path.join('/')}`;
      const changed = (name: string, change: (container: Container, key: Key) => void): Mutant => {
        const copy = structuredClone(object);
        change(
          path.slice(0, -1).reduce((value: Container, key) => value[key] as Container, copy),
          path.at(-1) as Key,
        );
        return { name: `${name} ${at}`, object: copy };
      };
      const set = (name: string, value: Json): Mutant =>
        changed(name, (container, key) => {
          container[key] = value;
        });
      const current = path.reduce((value: Json, key) => (value as Container)[key] as Json, object);
      const isMap = typeof current === 'object' && current !== null && !Array.isArray(current);
      return [
        changed(
          'gone',
          (container, key) =>
            void (Array.isArray(container) ? container.splice(Number(key), 1) : delete container[key]),
        ),
        ...(typeof path.at(-1) === 'number' ? [] : [set('null', null)]),
        ...Object.entries(values).map(([name, value]) => set(name, value)),
        ...(isMap ? [set('an unknown key', { ...(current as Record<string, Json>), notAField: 'text' })] : []),
        ...(Array.isArray(current) ? [set('doubled', [...current, ...current])] : []),
      ];
    });
}

function pathsOf(value: Json, path: readonly Key[] = []): (readonly Key[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys: Key[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => [[...path, key], ...pathsOf((value as Container)[key] as Json, [...path, key])]);
}
