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
import type { JsonValue } from '../value/source-document.ts';
import { brokenTextHelp, isWholeText } from './printable-text.ts';
import { isPlain, readings, readingsInWords } from './scalar-readings.ts';
import { yamlHelp } from './yaml-help.ts';
import { maxDepth } from './yaml-tokens.ts';

/** How many nodes aliases may add to a document. */
const maxAliasNodes = 10_000;

/** Something in a parsed document that keeps it from being plain data. */
export interface YamlProblem {
  readonly kind: 'duplicate-key' | 'alias-bomb' | 'syntax' | 'number' | 'ambiguous';
  readonly message: string;
  readonly help?: string;
  readonly node: Node;
  /** The first of two equal keys. */
  readonly first?: Node;
}

export interface YamlValue {
  readonly value: JsonValue;
  readonly problems: readonly YamlProblem[];
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
}

interface Converted {
  readonly node: Node;
  readonly value: JsonValue;
  /** Nodes in it with all aliases spelled out. */
  readonly size: number;
  readonly depth: number;
}

interface Conversion {
  readonly problems: YamlProblem[];
  readonly anchors: Map<string, Converted>;
  readonly open: Set<string>;
  readonly targets: Map<Alias, Node>;
  aliasNodes: number;
}

/** Plain data of a YAML node: maps without prototype, what an alias repeats bounded, all problems collected. */
export function yamlValue(contents: ParsedNode | null): YamlValue {
  const conversion: Conversion = {
    problems: [],
    anchors: new Map(),
    open: new Set(),
    targets: new Map(),
    aliasNodes: 0,
  };
  const value = contents === null ? null : convert(contents, conversion).value;
  return { value, problems: conversion.problems, targets: conversion.targets };
}

function convert(node: Node, conversion: Conversion): Converted {
  if (isAlias(node)) return convertAlias(node, conversion);
  const anchor = (node as { anchor?: string }).anchor;
  if (anchor !== undefined) {
    conversion.anchors.delete(anchor);
    conversion.open.add(anchor);
  }
  const converted = isMap(node)
    ? convertMap(node, conversion)
    : isSeq(node)
      ? convertList(node, conversion)
      : { node, value: convertScalar(node, conversion), size: 1, depth: 0 };
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
        ? { kind: 'alias-bomb', message: `*${node.source} stands for a node that holds it`, node }
        : {
            kind: 'syntax',
            message: `no anchor &${node.source} comes before this alias`,
            help: yamlHelp('BAD_ALIAS'),
            node,
          },
    );
    return { node, value: null, size: 1, depth: 0 };
  }
  targets.set(node, target.node);
  if (conversion.aliasNodes <= maxAliasNodes && conversion.aliasNodes + target.size > maxAliasNodes) {
    problems.push({ kind: 'alias-bomb', message: `aliases make more than ${maxAliasNodes} nodes of this file`, node });
  }
  conversion.aliasNodes += target.size;
  return target;
}

function convertMap(node: YAMLMap, conversion: Conversion): Converted {
  const value: Record<string, JsonValue> = emptyMap();
  const keys = new Map<string, Node>();
  let size = 1;
  let depth = 0;
  for (const pair of node.items as Pair<Node, Node | null>[]) {
    const key = keyOf(pair.key, conversion);
    const item = pair.value === null ? undefined : convert(pair.value, conversion);
    size += 1 + (item?.size ?? 0);
    depth = Math.max(depth, item?.depth ?? 0);
    if (key === undefined) continue;
    const first = keys.get(key);
    if (first === undefined) {
      keys.set(key, pair.key);
      value[key] = item?.value ?? null;
    } else conversion.problems.push({ kind: 'duplicate-key', message: key, node: pair.key, first });
  }
  return checkDepth({ node, value, size, depth: depth + 1 }, conversion);
}

function convertList(node: YAMLSeq, conversion: Conversion): Converted {
  const items = (node.items as Node[]).map((item) => convert(item, conversion));
  const size = items.reduce((sum, item) => sum + item.size, 1);
  const depth = items.reduce((most, item) => Math.max(most, item.depth), 0);
  return checkDepth({ node, value: items.map((item) => item.value), size, depth: depth + 1 }, conversion);
}

/** Aliases can nest what the text itself does not. Reported once: what holds it is deeper still. */
function checkDepth(converted: Converted, { problems }: Conversion): Converted {
  if (converted.depth === maxDepth + 1) {
    problems.push({ kind: 'alias-bomb', message: `nested more than ${maxDepth} levels deep`, node: converted.node });
  }
  return converted;
}

function keyOf(node: Node, { problems }: Conversion): string | undefined {
  checkReadings(node, 'key', problems);
  if (isScalar(node) && node.value !== null)
    return wholeText(typeof node.value === 'string' ? node.value : (node.source ?? String(node.value)), node, problems);
  problems.push({
    kind: 'syntax',
    message: 'a key must be plain text',
    help: 'write a name before the colon; an empty one stands in quotes',
    node,
  });
  return undefined;
}

/** What Helm or kustomize would take for another value has no meaning that a person can see. */
function checkReadings(node: Node, at: 'key' | 'value', problems: YamlProblem[]): void {
  if (at === 'key' && isScalar(node) && node.value === '<<' && isPlain(node)) {
    const message = 'YAML 1.2 reads the text "<<" here, Kubernetes a merge';
    problems.push({ kind: 'ambiguous', message, help: 'write out the keys that it would merge', node });
  }
  const found = readings(node, at);
  if (found === undefined) return;
  const { note, help } = readingsInWords(found);
  problems.push({ kind: 'ambiguous', message: note, help, node });
}

function convertScalar(node: Node, { problems }: Conversion): JsonValue {
  checkReadings(node, 'value', problems);
  const value: unknown = isScalar(node) ? node.value : null;
  if (typeof value === 'number') {
    const exact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    if (!exact) problems.push({ kind: 'number', message: 'this number cannot be kept exactly', node });
    return exact ? value : null;
  }
  if (typeof value === 'string') return wholeText(value, node, problems);
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null;
  problems.push({ kind: 'syntax', message: 'only text, numbers, true, false and null are values here', node });
  return null;
}

/** What the escape `\ud800` makes is no text: it would become another character on its way to the cluster. */
function wholeText(text: string, node: Node, problems: YamlProblem[]): string {
  if (!isWholeText(text))
    problems.push({ kind: 'syntax', message: 'half of a surrogate pair', help: brokenTextHelp, node });
  return text;
}
