import { isUtf8 } from 'node:buffer';
import { escapeBytes, unescapeBytes } from './escaped-text.ts';
import type { ArchivePart } from './text-archive.ts';

/** One thing that an archive puts into a folder. */
export type ArchiveEntry = { readonly path: string } & (
  | { readonly kind: 'file'; readonly bytes: Buffer; readonly mode?: number }
  | { readonly kind: 'symlink'; readonly target: string }
  | { readonly kind: 'removed' }
);

/**
 * What a part of an archive means. Its name is the path; what txtar cannot say stands in brackets after it:
 * `(escaped)` a file whose text {@link unescapeBytes} reads, `(mode 755)` a file with that mode, `(escaped, mode 755)`
 * both, `(symlink)` a symlink to what the text names, `(removed)` nothing, where there was a file or folder. Throws a
 * SyntaxError for another word.
 */
export function readEntry({ name, text }: ArchivePart): ArchiveEntry {
  const [, path = '', words] = /^(.*?)(?: \(([^()]*)\))?$/su.exec(name) ?? [];
  const said = words === undefined ? [] : words.split(', ');
  const fault = pathFault(path) ?? said.map(wordFault).find((each) => each !== undefined);
  if (fault !== undefined) throw new SyntaxError(`-- ${name} --: ${fault}`);
  if (said.includes('removed')) return { path, kind: 'removed' };
  if (said.includes('symlink')) return { path, kind: 'symlink', target: text.replace(/\n$/u, '') };
  const mode = said.find((word) => word.startsWith('mode '))?.slice('mode '.length);
  const bytes = said.includes('escaped') ? unescapeBytes(text) : Buffer.from(text);
  return { path, kind: 'file', bytes, ...(mode === undefined ? {} : { mode: Number.parseInt(mode, 8) }) };
}

/** The part that {@link readEntry} reads as this; a file is escaped only where its text cannot stand as it is. */
export function writeEntry(entry: ArchiveEntry): ArchivePart {
  const { path } = entry;
  if (entry.kind === 'removed') return { name: `${path} (removed)`, text: '' };
  if (entry.kind === 'symlink') return { name: `${path} (symlink)`, text: `${entry.target}\n` };
  const { bytes, mode } = entry;
  const escaped = escapeBytes(bytes);
  const plain = isUtf8(bytes) ? bytes.toString() : undefined;
  const isPlain = plain !== undefined && escaped === plain.replaceAll('\\', '\\\\');
  const words = [...(isPlain ? [] : ['escaped']), ...(mode === undefined ? [] : [`mode ${mode.toString(8)}`])];
  return { name: words.length === 0 ? path : `${path} (${words.join(', ')})`, text: isPlain ? plain : escaped };
}

function pathFault(path: string): string | undefined {
  const isInside = path !== '' && !path.startsWith('/') && !path.split('/').includes('..');
  return isInside ? undefined : 'a path within the folder comes first';
}

function wordFault(word: string, _: number, { length }: readonly string[]): string | undefined {
  const isKnown =
    word === 'escaped' || /^mode [0-7]{3}$/.test(word) || (length === 1 && ['symlink', 'removed'].includes(word));
  return isKnown ? undefined : `"${word}" is none of escaped, mode 755, symlink, removed`;
}
