import { isUtf8 } from 'node:buffer';
import { markedName } from './text-archive.ts';

/**
 * Any bytes as text that an editor, git and a reader leave as it is: `\xHH` is a byte, `\\` a backslash, a backslash at
 * the end of a line says that no newline stands there.
 */
export function escapeBytes(bytes: Uint8Array): string {
  const text = sequences(bytes)
    .map((each) => (typeof each === 'string' ? each.replaceAll('\\', '\\\\').replaceAll(unseen, hexOf) : hexOf(each)))
    .join('');
  const lines = text.split('\n').map((line) => (markedName(line) === undefined ? line : `\\x2d${line.slice(1)}`));
  const last = lines.pop() ?? '';
  return [...lines, ...(last === '' ? [''] : [`${last}\\\n`])].join('\n');
}

/**
 * The bytes that {@link escapeBytes} wrote. By hand one may also write `\*3(text)`: a text three times, in which `\xHH`
 * and `\\` hold. Throws a SyntaxError for any other backslash.
 */
export function unescapeBytes(text: string): Buffer {
  const parts: Buffer[] = [];
  for (const [all, times, repeated = '', hex, same, line, wrong] of text.matchAll(escapes)) {
    if (wrong !== undefined)
      throw new SyntaxError(`"${all}" is no escape; write \\\\, \\xHH, \\*3(text) or a backslash at the end of a line`);
    if (times !== undefined) parts.push(repeat(unescapeBytes(repeated), Number(times)));
    else if (hex !== undefined) parts.push(Buffer.from(hex, 'hex'));
    else if (same !== undefined) parts.push(Buffer.from('\\'));
    else if (line === undefined) parts.push(Buffer.from(all));
  }
  return Buffer.concat(parts);
}

const escapes = /\\\*(\d+)\(([^)]*)\)|\\x([0-9a-f]{2})|\\(\\)|\\(\n)|(\\.?)|[^\\]+/gu;

/** Controls, what has no width, separators of lines and paragraphs, and what Unicode does not assign. */
const unseen = /(?![\n\t])[\p{C}\p{Zl}\p{Zp}]/gu;

function repeat(bytes: Buffer, times: number): Buffer {
  return Buffer.from(bytes.toString('latin1').repeat(times), 'latin1');
}

function hexOf(part: string | number): string {
  const bytes = typeof part === 'string' ? Buffer.from(part) : [part];
  return [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

/** The stretches of bytes that are UTF-8, and each byte that is not. */
function sequences(bytes: Uint8Array): readonly (string | number)[] {
  const found: (string | number)[] = [];
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((size) => at + size <= bytes.length && isUtf8(bytes.subarray(at, at + size)));
    if (length === undefined) {
      found.push(text, bytes[at] as number);
      text = '';
    } else text += Buffer.from(bytes.subarray(at, at + length)).toString();
    at += length ?? 1;
  }
  return [...found, text];
}
