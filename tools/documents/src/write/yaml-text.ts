import type { JsonObject, JsonValue } from '../value/source-document.ts';
import { literalText, longestKey, scalarText } from './scalar-text.ts';

/**
 * The YAML text of an object in block style: keys in the order they have, no folded lines, no aliases. A YAML 1.1 and a
 * YAML 1.2 reader both get the same value back. Written by hand because it is half the work of a large compile: the
 * `yaml` library took fifteen times as long; it reads everything back in the tests.
 */
export function yamlText(object: JsonObject): string {
  return Object.keys(object).length === 0 ? '{}\n' : mapText(object, '');
}

function mapText(map: JsonObject, indent: string): string {
  let text = '';
  for (const key of Object.keys(map)) {
    const name = scalarText(key);
    const opening = name.length > longestKey ? `? ${name}\n${indent}:` : `${name}:`;
    text += indent + opening + entryText(map[key] as JsonValue, indent);
  }
  return text;
}

function listText(list: readonly JsonValue[], indent: string): string {
  let text = '';
  for (const item of list) {
    const inner = `${indent}  `;
    const block = blockText(item, inner);
    text += `${indent}- ${block === undefined ? `${lineText(item, inner)}\n` : block.slice(inner.length)}`;
  }
  return text;
}

/** What stands after the `:` of a key, to the end of its last line. */
function entryText(value: JsonValue, indent: string): string {
  const inner = `${indent}  `;
  const block = blockText(value, inner);
  return block === undefined ? ` ${lineText(value, inner)}\n` : `\n${block}`;
}

/** A map or list with something in it; undefined for anything else. */
function blockText(value: JsonValue, indent: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : listText(value, indent);
  return Object.keys(value).length === 0 ? undefined : mapText(value as JsonObject, indent);
}

/** Any other value: on one line, or as a literal block whose lines begin with `indent`. */
function lineText(value: JsonValue, indent: string): string {
  if (typeof value === 'string') return literalText(value, indent) ?? scalarText(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[]' : '{}';
  return String(value);
}
