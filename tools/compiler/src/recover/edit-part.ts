import { isDeepStrictEqual } from 'node:util';
import { editedYaml, isObject, type JsonObject, quoting, valueAt } from '@fluxwright/documents';
import { type Document, isMap, isScalar, parseDocument } from 'yaml';
import { type PairPart, readPart } from './pair-part.ts';

const at = ['spec', 'disasterRecovery'] as const;

/**
 * Says another part in the text of a cluster.yaml. Nothing but the lines of spec.disasterRecovery changes; what is said there of
 * other things, and comments, stay. Undefined where the text has no such map: what clusters/defaults.yaml says is for all clusters.
 */
export function editPart(text: string, part: PairPart): string | undefined {
  const node = parseDocument(text, { compat: quoting }).getIn(at);
  if (!isMap(node) || !node.range) return undefined;
  const [start, end] = node.range;
  const indent = node.flow ? '' : ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const inner = text.slice(start, end);
  const block = editedYaml(inner.replaceAll(`\n${indent}`, '\n'), (document) => setPart(document, part));
  if (block === undefined) return undefined;
  const said = block.replace(/\n+$/, '').replaceAll(/\n(?=.)/g, `\n${indent}`);
  const edited = text.slice(0, start) + said + (inner.endsWith('\n') ? '\n' : '') + text.slice(end);
  const read = valueAt(parseDocument(edited).toJS() as JsonObject, [...at]);
  if (!isDeepStrictEqual(readPart(read), part)) throw new Error('the edited cluster.yaml does not say what it should');
  return edited;
}

function setPart(block: Document, { role, services, switching, tokens }: PairPart): void {
  setKey(block, 'role', role);
  setMap(block, 'services', services);
  setKey(block, 'switching', switching || undefined);
  setMap(block, 'tokens', tokens);
}

/** A scalar that is there keeps its place and comments. */
function setKey(block: Document, key: string, value: string | boolean | undefined): void {
  const there = block.get(key, true);
  if (value === undefined) block.delete(key);
  else if (isScalar(there)) there.value = value;
  else block.set(key, value);
}

function setMap(block: Document, key: string, wanted: Readonly<Record<string, string>>): void {
  const there = block.get(key);
  if (Object.keys(wanted).length === 0) block.delete(key);
  else if (isMap(there)) {
    const said = there.toJSON();
    for (const each of Object.keys(isObject(said) ? said : {})) if (!(each in wanted)) there.delete(each);
    for (const [each, value] of Object.entries(wanted)) there.set(each, value);
  } else {
    const made = block.createNode(wanted);
    if (isMap(made)) made.flow = true;
    block.set(key, made);
  }
}
