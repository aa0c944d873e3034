import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatArchive, markedName, parseArchive } from './text-archive.ts';

test('an archive is a comment and files', () => {
  expect(parseArchive('Why.\n\n-- a.yaml --\na: 1\n--  b/c.txt  --\n-- d --\nlast')).toEqual({
    comment: 'Why.\n\n',
    parts: [
      { name: 'a.yaml', text: 'a: 1\n' },
      { name: 'b/c.txt', text: '' },
      { name: 'd', text: 'last\n' },
    ],
  });
});

test.each(['--', '-- --', '--  --', '-- a --b', ' -- a --', '--a --', '-- a--', '--- a ---', '---'])(
  '%j is a line of text',
  (line) => expect(markedName(line)).toBeUndefined(),
);

const line = fc.oneof(
  { weight: 5, arbitrary: fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' ')) },
  fc.constantFrom('', '---', '-- ', ' --', '-- a --', '-- b/c.yaml --'),
);
const text = fc.array(line).map((lines) => lines.map((each) => `${each}\n`).join(''));

test('what is read and written again is the same text', () => {
  fc.assert(
    fc.property(text, (whole) => {
      expect(formatArchive(parseArchive(whole))).toBe(whole);
    }),
  );
});

test('what is written and read again is the same archive', () => {
  const safe = text.map((each) => each.replace(/^-- .* --$/gmsu, '-'));
  const name = fc.string({ minLength: 1 }).filter((each) => each.trim() === each);
  const archive = fc.record({ comment: safe, parts: fc.array(fc.record({ name, text: safe })) });
  fc.assert(
    fc.property(archive, (each) => {
      expect(parseArchive(formatArchive(each))).toEqual(each);
    }),
  );
});
