import { readYaml } from '@fluxwright/documents';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Rendering } from '../template/render-template.ts';
import { readRendering } from './read-rendering.ts';

/** A rendering whose odd parts were printed by the template. */
function rendering(parts: readonly string[]): Rendering {
  let start = 0;
  const pieces = parts.map((text, index) => {
    const piece = {
      start,
      source: { start: 0, end: 0 },
      type: index % 2 === 0 ? 'content' : 'print',
      reads: [],
    } as const;
    start += text.length;
    return piece;
  });
  return { text: parts.join(''), pieces: pieces.filter((_, index) => parts[index] !== ''), diagnostics: [] };
}

const content = fc.oneof(
  fc.constantFrom(
    'a: ',
    '\nb: ',
    '\n  c: ',
    '- ',
    '\n- ',
    '"',
    "'",
    ' ',
    '\n',
    ': ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '#',
    ' # ',
    '|',
    '>',
    '>-\n  ',
  ),
  fc.constantFrom(
    '---\n',
    '\n---\n',
    '&',
    '*',
    '!',
    '!!',
    '0x',
    '1',
    '-',
    '.',
    '\\',
    'x',
    '?',
    '%',
    '&x ',
    '*x',
    '!!b',
    '%TAG ! tag:',
  ),
);
const printed = fc.oneof(
  fc.constantFrom(
    'true',
    'null',
    'ue',
    'e5',
    'inf',
    'nan',
    'ool',
    'web',
    'a.b-c',
    'x',
    'https://a.b',
    'a b',
    '5',
    '',
    'str',
    'a/b@c',
    '"a.b-c"',
    '"x https://a.b-c:80/d e"',
    '{"a-b": "c.d", e-f: g.h}',
    'a-b: c-d',
    '"\\n-a.b\\x41b-c"',
    '&a:b-c ',
    '*a:b-c',
    '!<tag:yaml.org,2002:str> a-b',
    '# a-b',
    '2001-12-14t21-x',
    '.e5-x',
    'yes',
  ),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9.-]{0,8}$/),
);

it('gives what parsing the text itself gives', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(content, printed), { maxLength: 8 }), (pairs) => {
      const each = rendering(pairs.flat());
      const { documents, faults } = readRendering(each, readYaml);
      const direct = readYaml(each.text);
      expect(documents.map(({ value }) => value)).toEqual(direct.documents.map(({ value }) => value));
      expect(faults).toEqual(direct.faults);
    }),
    { numRuns: 4_000 },
  );
});

it.each([
  ['words', (name: string) => ['name: ', name, '\nhost: x.', `${name}.example`]],
  ['words that are quoted', (name: string) => ['name: ', `"the cluster ${name}-1"`]],
  ['addresses', (name: string) => ['name: ', `https://x.${name}.example:80/path`]],
  ['words beside a value that is no text', (name: string) => ['name: ', name, '\nis: ', 'true']],
  ['words of a printed map', (name: string) => ['', `{"a-b": ["x.${name}"], c-d: y-${name}}`]],
])('parses once what differs in %s only', (_, parts) => {
  const texts = new Set<string>();
  const read = (text: string) => {
    texts.add(text);
    return readYaml(text);
  };
  const names = ['one', 'two'];
  const values = names.map((name) => readRendering(rendering(parts(name)), read).documents.map(({ value }) => value));
  expect(texts.size).toBe(1);
  expect(values).toEqual(names.map((name) => readYaml(parts(name).join('')).documents.map(({ value }) => value)));
});
