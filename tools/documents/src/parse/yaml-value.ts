import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { emptyMap } from '../value/empty-map.ts';
import { isObject } from '../value/json-path.ts';
import type { JsonValue } from '../value/source-document.ts';
import { kubernetesScalar } from './kubernetes-scalar.ts';
import { brokenTextHelp, isWholeText } from './printable-text.ts';
import { isPlain, readings, readingsInWords } from './scalar-readings.ts';
import type { NodePosition, YamlReading } from './yaml-document.ts';
import { yamlHelp } from './yaml-help.ts';
import { maxDepth } from './yaml-tokens.ts';

/** How many nodes aliases may add to a document. */
export const maxAliasNodes = 10_000;

/** What it is, where `kind` says what it does to a reader. */
export type YamlReason =
  | 'twice'
  | 'self-alias'
  | 'unknown-alias'
  | 'many-aliases'
  | 'depth'
  | 'key'
  | 'merge'
  | 'tag'
  | 'surrogate'
  | 'number'
  | 'readings';

/** Something in a parsed document that keeps it from being plain data. */
export interface YamlProblem {
  readonly kind: 'duplicate-key' | 'alias-bomb' | 'syntax' | 'number' | 'ambiguous';
  readonly reason: YamlReason;
  readonly message: string;
  readonly help?: string;
  readonly node: Node;
  /** The first of two equal keys. */
  readonly first?: Node;
}

export interface YamlValue {
  readonly value: JsonValue;
  /** Where each part of it stands; an alias stands where it is written, and its inside has no place of its own. */
  readonly position: NodePosition;
  readonly problems: readonly YamlProblem[];
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
}

interface Converted {
  readonly node: Node;
  readonly value: JsonValue;
  readonly position: NodePosition;
  /** Nodes in it with all aliases spelled out. */
  readonly size: number;
  readonly depth: number;
}

interface Conversion {
  readonly reading: YamlReading;
  readonly problems: YamlProblem[];
  readonly anchors: Map<string, Converted>;
  readonly open: Set<string>;
  readonly targets: Map<Alias, Node>;
  aliasNodes: number;
}

/**
 * Plain data of a YAML node: maps without prototype, what an alias repeats bounded, all problems collected. What is read for
 * kustomize has its merge keys and its readings of plain scalars; what is ours has one meaning to all readers, or a problem.
 */
export function yamlValue(contents: ParsedNode | null, reading: YamlReading = 'ours'): YamlValue {
  const conversion: Conversion = {
    reading,
    problems: [],
    anchors: new Map(),
    open: new Set(),
    targets: new Map(),
    aliasNodes: 0,
  };
  const { value, position } =
    contents === null ? { value: null, position: { key: 0, start: 0, end: 0 } } : convert(contents, conversion, 0);
  return { value, position, problems: conversion.problems, targets: conversion.targets };
}

/** `above` counts the maps and lists that hold the node in the text. */
function convert(node: Node, conversion: Conversion, above: number): Converted {
  if (isAlias(node)) return convertAlias(node, conversion);
  if (above > maxDepth) {
    conversion.problems.push({ kind: 'alias-bomb', reason: 'depth', message: tooDeep, node });
    return leaf(node, null);
  }
  const anchor = (node as { anchor?: string }).anchor;
  if (anchor !== undefined) {
    conversion.anchors.delete(anchor);
    conversion.open.add(anchor);
  }
  const converted = isMap(node)
    ? convertMap(node, conversion, above)
    : isSeq(node)
      ? convertList(node, conversion, above)
      : leaf(node, convertScalar(node, conversion));
  if (anchor !== undefined) {
    conversion.open.delete(anchor);
    conversion.anchors.set(anchor, converted);
  }
  return converted;
}

function convertAlias(node: Alias, conversion: Conversion): Converted {
  const { problems, anchors, open, targets } = conversion;
  const target = anchors.get(node.source);
  if (target === undefined) {
    problems.push(
      open.has(node.source)
        ? { kind: 'alias-bomb', reason: 'self-alias', message: `*${node.source} stands for a node that holds it`, node }
        : {
            kind: 'syntax',
            reason: 'unknown-alias',
            message: `no anchor &${node.source} comes before this alias`,
            help: yamlHelp('BAD_ALIAS'),
            node,
          },
    );
    return leaf(node, null);
  }
  targets.set(node, target.node);
  if (conversion.aliasNodes <= maxAliasNodes && conversion.aliasNodes + target.size > maxAliasNodes) {
    const message = `aliases make more than ${maxAliasNodes} nodes of this file`;
    problems.push({ kind: 'alias-bomb', reason: 'many-aliases', message, node });
  }
  conversion.aliasNodes += target.size;
  return { ...target, position: positionOf(node) };
}

function convertMap(node: YAMLMap, conversion: Conversion, above: number): Converted {
  const value: Record<string, JsonValue> = emptyMap();
  const keys = new Map<string, Node>();
  const children = new Map<string | number, NodePosition>();
  const merged: Converted[] = [];
  let size = 1;
  let depth = 0;
  for (const pair of node.items as Pair<Node, Node | null>[]) {
    const isMerge = conversion.reading === 'kustomize' && isMergeKey(pair.key);
    const key = keyOf(pair.key, conversion);
    const item = pair.value === null ? leaf(pair.key, null) : convert(pair.value, conversion, above + 1);
    size += pair.value === null ? 1 : 1 + item.size;
    depth = Math.max(depth, item.depth);
    if (key === undefined) continue;
    const first = keys.get(key);
    if (first !== undefined) {
      conversion.problems.push({ kind: 'duplicate-key', reason: 'twice', message: key, node: pair.key, first });
      continue;
    }
    keys.set(key, pair.key);
    if (isMerge) merged.push(item);
    else {
      value[key] = item.value;
      children.set(key, { ...item.position, key: startOf(pair.key) });
    }
  }
  for (const each of merged) mergeInto(value, children, each);
  const position = { ...positionOf(node), children };
  return checkDepth({ node, value, position, size, depth: depth + 1 }, conversion);
}

/** What stands in the map itself wins, then what is merged first (https://yaml.org/type/merge.html). */
function mergeInto(
  value: Record<string, JsonValue>,
  children: Map<string | number, NodePosition>,
  { value: from, position: { start, end } }: Converted,
): void {
  for (const map of (Array.isArray(from) ? from : [from]).filter(isObject)) {
    for (const [key, item] of Object.entries(map)) {
      if (Object.hasOwn(value, key)) continue;
      value[key] = item;
      children.set(key, { key: start, start, end });
    }
  }
}

function convertList(node: YAMLSeq, conversion: Conversion, above: number): Converted {
  const items = (node.items as Node[]).map((item) => convert(item, conversion, above + 1));
  const size = items.reduce((sum, item) => sum + item.size, 1);
  const depth = items.reduce((most, item) => Math.max(most, item.depth), 0);
  const children = new Map(items.map(({ position }, index) => [index as string | number, position]));
  const position = { ...positionOf(node), children };
  return checkDepth({ node, value: items.map((item) => item.value), position, size, depth: depth + 1 }, conversion);
}

function leaf(node: Node, value: JsonValue): Converted {
  return { node, value, position: positionOf(node), size: 1, depth: 0 };
}

function positionOf(node: Node): NodePosition {
  const [start, end] = node.range ?? [0, 0];
  return { key: start, start, end };
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

const tooDeep = `nested more than ${maxDepth} levels deep`;

/** Aliases can nest what the text itself does not. Reported once: what holds it is deeper still. */
function checkDepth(converted: Converted, { problems }: Conversion): Converted {
  if (converted.depth === maxDepth + 1) {
    problems.push({ kind: 'alias-bomb', reason: 'depth', message: tooDeep, node: converted.node });
  }
  return converted;
}

function keyOf(node: Node, conversion: Conversion): string | undefined {
  const { problems } = conversion;
  checkReadings(node, 'key', conversion);
  if (isScalar(node) && node.value !== null)
    return wholeText(typeof node.value === 'string' ? node.value : (node.source ?? String(node.value)), node, problems);
  problems.push({
    kind: 'syntax',
    reason: 'key',
    message: 'a key must be plain text',
    help: 'write a name before the colon; an empty one stands in quotes',
    node,
  });
  return undefined;
}

/** What Helm or kustomize would take for another value has no meaning that a person can see. */
function checkReadings(node: Node, at: 'key' | 'value', { reading, problems }: Conversion): void {
  if (reading === 'kustomize') return;
  if (at === 'key' && isMergeKey(node)) {
    const message = 'YAML 1.2 reads the text "<<" here, Kubernetes a merge';
    const help = 'write out the keys that it would merge';
    problems.push({ kind: 'ambiguous', reason: 'merge', message, help, node });
  }
  const found = readings(node, at);
  if (found === undefined) return;
  const { note, help } = readingsInWords(found);
  problems.push({ kind: 'ambiguous', reason: 'readings', message: note, help, node });
}

function isMergeKey(node: Node): boolean {
  return isScalar(node) && node.value === '<<' && isPlain(node);
}

function convertScalar(node: Node, conversion: Conversion): JsonValue {
  const { reading, problems } = conversion;
  checkReadings(node, 'value', conversion);
  const isKustomize = reading === 'kustomize';
  const plain: unknown = isScalar(node) ? node.value : null;
  const value = isKustomize && isScalar(node) && isPlain(node) ? kubernetesScalar(node.source ?? '', reading) : plain;
  if (typeof value === 'number') {
    // The server keeps 64 bits of what we are only to look at.
    const isKept = isKustomize || !Number.isInteger(value) || Number.isSafeInteger(value);
    if (Number.isFinite(value) && isKept) return value;
    problems.push({ kind: 'number', reason: 'number', message: 'this number cannot be kept exactly', node });
    return null;
  }
  if (typeof value === 'string') return wholeText(value, node, problems);
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null;
  const message = 'only text, numbers, true, false and null are values here';
  problems.push({ kind: 'syntax', reason: 'tag', message, node });
  return null;
}

/** What the escape `\ud800` makes is no text: it would become another character on its way to the cluster. */
function wholeText(text: string, node: Node, problems: YamlProblem[]): string {
  if (!isWholeText(text))
    problems.push({
      kind: 'syntax',
      reason: 'surrogate',
      message: 'half of a surrogate pair',
      help: brokenTextHelp,
      node,
    });
  return text;
}
