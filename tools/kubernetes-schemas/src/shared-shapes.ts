import type { Json } from './json-schema.ts';
import type { Shape } from './shape.ts';

/** Shapes in which what occurs several times stands once, under a name. */
export interface SharedShapes {
  /** In the order given. */
  readonly shapes: readonly Shape[];
  readonly shared: Readonly<Record<string, Shape>>;
}

/** What is shorter is read more easily where it stands. */
const shortest = 60;

/** Takes what occurs in several places out of named shapes. Names come from the keys it stands under; equal input gives equal output. */
export function shareShapes(named: readonly (readonly [string, Shape])[]): SharedShapes {
  const uses = countUses(named.map(([, shape]) => shape));
  const names = new Map<string, string>();
  const shared: Record<string, Shape> = {};
  const take = (shape: Shape, key: string): Shape => {
    if (typeof shape !== 'object' || shape === null) return shape;
    const text = JSON.stringify(shape);
    const isShared = text.length >= shortest && (uses.get(text) ?? 0) > 1;
    const known = names.get(text);
    if (isShared && known !== undefined) return `$${known}`;
    const inner: Json = Array.isArray(shape)
      ? shape.map((each) => take(each, key))
      : Object.fromEntries(
          Object.entries(shape).map(([name, each]) => [name, isWords(name) ? each : take(each, nameFrom(name, key))]),
        );
    if (!isShared) return inner;
    const name = freeName(key, shared);
    names.set(text, name);
    shared[name] = inner;
    return `$${name}`;
  };
  const shapes = named.map(([name, shape]) => take(shape, nameFrom(name, name)));
  return { shapes, shared: Object.fromEntries(Object.entries(shared).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** How many different places hold each map and list: what stands in two equal maps stands in one place. */
function countUses(shapes: readonly Shape[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const visit = (shape: Shape): void => {
    if (typeof shape !== 'object' || shape === null) return;
    const text = JSON.stringify(shape);
    const before = uses.get(text) ?? 0;
    uses.set(text, before + 1);
    if (before > 0) return;
    for (const [name, each] of Object.entries(shape)) if (!isWords(name)) visit(each as Shape);
  };
  for (const shape of shapes) visit(shape);
  return uses;
}

/** Their content is no shape. */
function isWords(name: string): boolean {
  return name === '$enum' || name === '$keys';
}

/** A map of anything, and the items of a list, are called after what holds them. */
function nameFrom(key: string, above: string): string {
  const name = key.replace(/[^A-Za-z0-9]/g, '');
  return key.startsWith('$') || name === '' ? above : name;
}

function freeName(name: string, taken: Readonly<Record<string, Shape>>): string {
  for (let number = 1; ; number += 1) {
    const each = number === 1 ? name : `${name}${number}`;
    if (!Object.hasOwn(taken, each)) return each;
  }
}
