import { positionAt, type Span } from '@fluxwright/diagnostics';
import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { JsonPath } from '../value/source-document.ts';

/** A YAML tree and what it takes to tell where its nodes stand. */
export interface LocatedTree {
  readonly file: string;
  readonly contents: Node | null;
  readonly targets: ReadonlyMap<Alias, Node>;
  /** Where its lines begin. */
  readonly lines: readonly number[];
}

/** Span of the value at `path`, or of its key; of the nearest existing ancestor where the path ends early. */
export function locateNode(tree: LocatedTree, path: JsonPath, part: 'key' | 'value'): Span {
  let node = tree.contents;
  let key: Node | undefined;
  for (const step of path) {
    const holder = node !== null && isAlias(node) ? (tree.targets.get(node) ?? null) : node;
    const next = holder === null ? undefined : childOf(holder, step);
    if (next === undefined) return spanOf(tree, key ?? node);
    key = next.key;
    node = next.value;
  }
  return spanOf(tree, part === 'key' || node === null ? (key ?? node) : node);
}

function childOf(node: Node, step: string | number): { key: Node | undefined; value: Node | null } | undefined {
  if (isMap(node)) {
    const pair = (node.items as Pair<Node, Node | null>[]).find(
      ({ key }) => isScalar(key) && keyText(key) === String(step),
    );
    return pair === undefined ? undefined : { key: pair.key, value: pair.value };
  }
  if (isSeq(node)) {
    const value = (node.items as Node[])[Number(step)];
    return value === undefined ? undefined : { key: undefined, value };
  }
  return undefined;
}

function keyText(key: { value: unknown; source?: string }): string {
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function spanOf({ file, lines }: LocatedTree, node: Node | null | undefined): Span {
  const range = node?.range;
  // A text that says nothing is pointed at by where it begins.
  if (!range) return { file, start: { line: 1, column: 1 } };
  return { file, start: positionAt(lines, range[0]), end: positionAt(lines, range[1]) };
}
