import { brokenTextHelp, emptyMap, isWholeText, type JsonValue, yamlHelp } from '@fluxwright/model';
import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode } from 'yaml';
import type { NodePosition, YamlDocument, YamlFault } from './yaml-document.ts';

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
  readonly anchors: Map<string, { readonly document: YamlDocument; readonly size: number }>;
  /** Nodes made so far, aliases expanded. */
  nodes: number;
  aliasNodes: number;
}

/** Plain data of a node and the place of each of its parts. Throws YamlRefusal. */
export function convertNode(node: ParsedNode): YamlDocument {
  return convert(node, { anchors: new Map(), nodes: 0, aliasNodes: 0 }, 0);
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
      : { value: scalarOf(node), position: positionOf(node) };
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
  for (const { key, value: item } of node.items) {
    const name = keyOf(key);
    if (children.has(name)) throw new YamlRefusal(`the key "${name}" is there twice`, yamlHelp('DUPLICATE_KEY'), key);
    if (name === '<<') throw new YamlRefusal('merge keys (<<) are not YAML 1.2', 'write the keys out', key);
    const made = item === null ? { value: null, position: positionOf(key) } : convert(item, at, depth + 1);
    value[name] = made.value;
    children.set(name, { ...made.position, key: key.range[0] });
  }
  return { value, position: { ...positionOf(node), children } };
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

function scalarOf(node: ParsedNode): JsonValue {
  const value: unknown = isScalar(node) ? node.value : undefined;
  if (typeof value === 'number') {
    const isExact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    if (!isExact) throw new YamlRefusal('the number cannot be kept exactly', 'quote it if it is text', node);
    return value;
  }
  if (typeof value === 'string') return wholeText(value, node);
  if (value === null || typeof value === 'boolean') return value;
  throw new YamlRefusal('the value has a tag that is no plain data', yamlHelp('TAG_RESOLVE_FAILED'), node);
}

function wholeText(text: string, node: ParsedNode): string {
  if (!isWholeText(text)) throw new YamlRefusal('it has half of a surrogate pair', brokenTextHelp, node);
  return text;
}

function positionOf(node: ParsedNode): NodePosition {
  return { key: node.range[0], start: node.range[0], end: node.range[1] };
}
