import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode } from 'yaml';
import { emptyMap } from '../value/empty-map.ts';
import { isObject } from '../value/json-path.ts';
import type { JsonValue } from '../value/source-document.ts';
import { kubernetesScalar } from './kubernetes-scalar.ts';
import { brokenTextHelp, isWholeText } from './printable-text.ts';
import { isPlain, readings, readingsInWords } from './scalar-readings.ts';
import type { NodePosition, YamlDocument, YamlFault, YamlReading } from './yaml-document.ts';
import { yamlHelp } from './yaml-help.ts';

/** YAML that parses but is not data we take; caught where the reading began. */
export class YamlRefusal extends Error {
  readonly fault: YamlFault;
  constructor(message: string, help: string, node: ParsedNode) {
    super(message);
    this.fault = { message, help, start: node.range[0], end: node.range[1] };
  }
}

export const fewerLevels = 'write it with fewer levels: no Kubernetes object needs more than thirty';

const maxDepth = 100;
const maxAliasNodes = 10_000;

interface Conversion {
  readonly reading: YamlReading;
  /** Values that readers disagree on. */
  readonly faults: YamlFault[];
  readonly anchors: Map<string, { readonly document: YamlDocument; readonly size: number }>;
  /** Nodes made so far, aliases expanded. */
  nodes: number;
  aliasNodes: number;
}

/** A node as plain data, and what in it is not the same to all readers. */
export interface ConvertedNode {
  readonly document: YamlDocument;
  readonly faults: readonly YamlFault[];
}

/** Plain data of a node and the place of each of its parts. Throws YamlRefusal. */
export function convertNode(node: ParsedNode, reading: YamlReading): ConvertedNode {
  const faults: YamlFault[] = [];
  const document = convert(node, { reading, faults, anchors: new Map(), nodes: 0, aliasNodes: 0 }, 0);
  return { document, faults };
}

function convert(node: ParsedNode, at: Conversion, depth: number): YamlDocument {
  if (depth > maxDepth) throw new YamlRefusal(`it nests deeper than ${maxDepth}`, fewerLevels, node);
  if (isAlias(node)) return resolveAlias(node, at);
  const before = at.nodes;
  at.nodes += 1;
  const made = isMap(node)
    ? convertMap(node as MapNode, at, depth)
    : isSeq(node)
      ? convertList(node as ListNode, at, depth)
      : { value: scalarOf(node, at), position: positionOf(node) };
  const anchor = (node as { anchor?: string }).anchor;
  if (anchor !== undefined) at.anchors.set(anchor, { document: made, size: at.nodes - before });
  return made;
}

/** An alias stands where it is written: its inside has no place of its own. */
function resolveAlias(node: Extract<ParsedNode, { source: string; type?: unknown }>, at: Conversion): YamlDocument {
  const target = at.anchors.get(node.source);
  if (!target) throw new YamlRefusal(`*${node.source} stands before its anchor`, yamlHelp('BAD_ALIAS'), node);
  at.aliasNodes += target.size;
  at.nodes += target.size;
  if (at.aliasNodes > maxAliasNodes)
    throw new YamlRefusal(`aliases make more than ${maxAliasNodes} nodes`, yamlHelp('RESOURCE_EXHAUSTION'), node);
  return { value: target.document.value, position: positionOf(node) };
}

type MapNode = ParsedNode & { readonly items: readonly Pair<ParsedNode, ParsedNode | null>[] };
type ListNode = ParsedNode & { readonly items: readonly ParsedNode[] };

function convertMap(node: MapNode, at: Conversion, depth: number): YamlDocument {
  const value: Record<string, JsonValue> = emptyMap();
  const children = new Map<string | number, NodePosition>();
  const merged: YamlDocument[] = [];
  for (const { key, value: item } of node.items) {
    const name = keyOf(key);
    if (children.has(name)) throw new YamlRefusal(`the key "${name}" is there twice`, yamlHelp('DUPLICATE_KEY'), key);
    const isMerge = name === '<<' && isScalar(key) && isPlain(key);
    if (isMerge && at.reading === 'ours')
      throw new YamlRefusal('merge keys (<<) are not YAML 1.2', 'write the keys out', key);
    checkReadings(key, 'key', at);
    const made = item === null ? { value: null, position: positionOf(key) } : convert(item, at, depth + 1);
    if (isMerge) merged.push(made);
    else {
      value[name] = made.value;
      children.set(name, { ...made.position, key: key.range[0] });
    }
  }
  for (const each of merged) mergeInto(value, children, each);
  return { value, position: { ...positionOf(node), children } };
}

/** What stands in the map itself wins, then what is merged first (https://yaml.org/type/merge.html). */
function mergeInto(
  value: Record<string, JsonValue>,
  children: Map<string | number, NodePosition>,
  from: YamlDocument,
): void {
  const maps = Array.isArray(from.value) ? from.value : [from.value];
  for (const map of maps.filter(isObject)) {
    for (const [key, item] of Object.entries(map)) {
      if (Object.hasOwn(value, key)) continue;
      value[key] = item;
      const { start, end } = from.position;
      children.set(key, { key: start, start, end });
    }
  }
}

function convertList(node: ListNode, at: Conversion, depth: number): YamlDocument {
  const items = node.items.map((item) => convert(item, at, depth + 1));
  const children = new Map(items.map(({ position }, index) => [index as string | number, position]));
  return { value: items.map((item) => item.value), position: { ...positionOf(node), children } };
}

function keyOf(key: ParsedNode): string {
  if (!isScalar(key) || key.value === null)
    throw new YamlRefusal('a key must be plain text', yamlHelp('NON_STRING_KEY'), key);
  return wholeText(typeof key.value === 'string' ? key.value : (key.source ?? String(key.value)), key);
}

function scalarOf(node: ParsedNode, at: Conversion): JsonValue {
  checkReadings(node, 'value', at);
  const value: unknown = isScalar(node) ? node.value : undefined;
  const read = at.reading === 'kustomize' && isScalar(node) && isPlain(node);
  const taken = read ? kubernetesScalar(node.source ?? '', 'kustomize') : value;
  if (typeof taken === 'number') {
    // The server keeps 64 bits of what we are only to look at.
    const isKept = at.reading === 'kustomize' || !Number.isInteger(taken) || Number.isSafeInteger(taken);
    if (!Number.isFinite(taken) || !isKept)
      throw new YamlRefusal('the number cannot be kept exactly', 'quote it if it is text', node);
    return taken;
  }
  if (typeof taken === 'string') return wholeText(taken, node);
  if (taken === null || typeof taken === 'boolean') return taken;
  throw new YamlRefusal('the value has a tag that is no plain data', yamlHelp('TAG_RESOLVE_FAILED'), node);
}

function wholeText(text: string, node: ParsedNode): string {
  if (!isWholeText(text)) throw new YamlRefusal('it has half of a surrogate pair', brokenTextHelp, node);
  return text;
}

function checkReadings(node: ParsedNode, of: 'key' | 'value', { reading, faults }: Conversion): void {
  const found = reading === 'ours' ? readings(node, of) : undefined;
  if (found === undefined) return;
  const { note, help } = readingsInWords(found);
  const [start, end] = node.range;
  faults.push({ message: note, help, ambiguous: true, start, end });
}

function positionOf(node: ParsedNode): NodePosition {
  return { key: node.range[0], start: node.range[0], end: node.range[1] };
}
