import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArchiveEntry, readEntry, writeEntry } from './archive-entry.ts';
import { formatArchive, parseArchive } from './text-archive.ts';

const file = (path: string, text: string, mode?: number): ArchiveEntry => ({
  path,
  kind: 'file',
  bytes: Buffer.from(text, 'latin1'),
  ...(mode === undefined ? {} : { mode }),
});

test.each<[string, string, ArchiveEntry]>([
  ['a.yaml', 'a: "\\d"\n', file('a.yaml', 'a: "\\d"\n')],
  ['DEL (escaped)', 'a\\x7fb\\\n', file('DEL', 'a\x7fb')],
  ['surrogate (escaped)', '"\\xed\\xa0\\x80"\n', file('surrogate', '"\xed\xa0\x80"\n')],
  ['backslash (escaped)', '\\\\x7f\\x7f\n', file('backslash', '\\x7f\x7f\n')],
  ['many (escaped)', 'a: \\*4([\\x28)\n', file('many', 'a: [([([([(\n')],
  ['run.sh (mode 755)', 'true\n', file('run.sh', 'true\n', 0o755)],
  ['run.sh (escaped, mode 755)', 'true\\\n', file('run.sh', 'true', 0o755)],
  ['link (symlink)', '../gone.yaml\n', { path: 'link', kind: 'symlink', target: '../gone.yaml' }],
  ['folder/with space (removed)', '', { path: 'folder/with space', kind: 'removed' }],
])('-- %s --', (name, text, entry) => {
  expect(readEntry({ name, text })).toEqual(entry);
  if (!text.includes('\\*')) expect(writeEntry(entry)).toEqual({ name, text });
});

test.each([
  ['a (escape)', '', '"escape" is none of'],
  ['a (symlink, mode 755)', '', '"symlink" is none of'],
  ['a (mode 9)', '', '"mode 9" is none of'],
  ['../a', '', 'a path within the folder comes first'],
  ['/a', '', 'a path within the folder comes first'],
  [' (removed)', '', 'a path within the folder comes first'],
  ['a (escaped)', '\\n', '"\\n" is no escape'],
  ['a (escaped)', '\\x7G', '"\\x" is no escape'],
])('-- %s -- with %j is refused', (name, text, says) => expect(() => readEntry({ name, text })).toThrow(says));

const bytes = fc.oneof(
  fc.uint8Array(),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('\n', '-- a --', '-- ', ' --', '\\', '\\x7f', '\r', '\x7f', 'é', '\ufeff', '\ud800'))
    .map((parts) => parts.join('')),
);

test('any bytes come out of an archive as they went into it', () => {
  fc.assert(
    fc.property(fc.array(bytes), fc.option(fc.constantFrom(0o755, 0o400), { nil: undefined }), (contents, mode) => {
      const entries = contents.map(
        (each, at): ArchiveEntry => ({
          path: `f${at}`,
          kind: 'file',
          bytes: Buffer.from(each as string),
          ...(mode && { mode }),
        }),
      );
      const archive = formatArchive({ comment: '', parts: entries.map(writeEntry) });
      expect(archive).not.toMatch(/(?!\n|\t)\p{C}/u);
      expect(parseArchive(archive).parts.map(readEntry)).toEqual(entries);
    }),
  );
});
