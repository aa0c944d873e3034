import type { JsonObject, JsonValue } from '../value/source-document.ts';
import { scalarText } from './scalar-text.ts';

/** Lines are no longer than this where a map or list has to be broken. */
const width = 120;

/**
 * YAML for people to review: a map or list that fits into its line stands in it, in flow style; any other is taken apart. A YAML 1.1
 * and a YAML 1.2 reader both get the same value back.
 */
export function compactYaml(object: JsonObject): string {
  return Object.keys(object).length === 0 ? '{}\n' : blockText(object, '');
}

function blockText(value: JsonValue, indent: string): string {
  if (Array.isArray(value)) return value.map((each) => itemText(each, indent)).join('');
  return Object.entries(value as JsonObject)
    .map(([key, each]) => {
      const opening = `${indent}${scalarText(key)}:`;
      const line = flowText(each);
      if (!isCollection(each) || opening.length + 1 + line.length <= width) return `${opening} ${line}\n`;
      return `${opening}\n${blockText(each, `${indent}  `)}`;
    })
    .join('');
}

function itemText(value: JsonValue, indent: string): string {
  const line = flowText(value);
  if (!isCollection(value) || indent.length + 2 + line.length <= width) return `${indent}- ${line}\n`;
  const inner = `${indent}  `;
  return `${indent}- ${blockText(value, inner).slice(inner.length)}`;
}

/** A value on one line. */
function flowText(value: JsonValue): string {
  if (typeof value === 'string') return flowScalar(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, each]) => `${flowScalar(key)}: ${flowText(each as JsonValue)}`)
    .join(', ')}}`;
}

/** In flow style a plain scalar holds none of its indicators (YAML 1.2.2 §7.3.3). */
function flowScalar(text: string): string {
  const plain = scalarText(text);
  return /[,[\]{}]/.test(text) && !plain.startsWith('"') ? JSON.stringify(text) : plain;
}

function isCollection(value: JsonValue): boolean {
  return (
    typeof value === 'object' && value !== null && (Array.isArray(value) ? value.length : Object.keys(value).length) > 0
  );
}
