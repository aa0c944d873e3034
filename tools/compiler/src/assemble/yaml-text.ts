import type { JsonObject } from '@fluxwright/model';
import { Document, Scalar, visit } from 'yaml';

/**
 * Kubernetes reads YAML with Go parsers that follow 1.1 in part, other tools read 1.2. A string is therefore quoted
 * wherever either would take it for something else (https://yaml.org/spec/1.1/, https://yaml.org/spec/1.2.2/ §10.3).
 */
const options = { version: '1.2', compat: 'yaml-1.1', aliasDuplicateObjects: false } as const;

/**
 * Strings that readers in use take for something else though neither schema says so: go-yaml drops every `_` and takes
 * any Go integer literal for a number (`0x_1f`, `0o1_7`); `=` and `<<` are YAML 1.1's value and merge keys.
 */
const readAsOther = /^(?:[-+]?\d[\da-fA-FoOxX_]*|=|<<)$/;

/** Line breaks of YAML 1.1, and characters a YAML stream may hold only as escapes (YAML 1.2.2 §5.1). */
const escapedOnly = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/**
 * The YAML text of an object in block style, keys in the order they have, no folded lines and no aliases. A YAML 1.1
 * and a YAML 1.2 reader both get the same value back.
 */
export function yamlText(value: JsonObject): string {
  const document = new Document(value as unknown, options);
  let escapes = false;
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string') return;
      if (escapedOnly.test(node.value)) {
        node.type = Scalar.QUOTE_DOUBLE;
        escapes = true;
      } else if (readAsOther.test(node.value)) {
        node.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  const text = document.toString({ lineWidth: 0 });
  return escapes ? text.replace(new RegExp(escapedOnly, 'g'), escapeSequence) : text;
}

function escapeSequence(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
