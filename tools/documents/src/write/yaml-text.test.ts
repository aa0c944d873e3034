import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { yamlText } from './yaml-text.ts';

const misread = [
  'on',
  'Off',
  'yes',
  'NO',
  'y',
  'n',
  'true',
  'null',
  'Null',
  '~',
  '',
  '012',
  '0o14',
  '0x1F',
  '0b101',
  '1e3',
  '1E+3',
  '.5',
  '1.',
  '1_000',
]
  .concat([
    '12:30:45',
    '190:20:30',
    '2026-11-23',
    '2026-11-23T06:18:04Z',
    '.inf',
    '-.Inf',
    '.NaN',
    '=',
    '<<',
    '-',
    '- a',
    '? a',
    'a: b',
    'a #b',
  ])
  .concat([
    '*a',
    '&a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a',
    '{a',
    '[a',
    '"a',
    "'a",
    ' a',
    'a ',
    'a\n',
    '\n',
    'a\nb',
    ' a\n  b\n',
    '\ta\nb',
    '---',
    '...',
  ]);

test.each(misread)('a string that looks like something else stays a string: %j', (text) => {
  const object = { key: text, list: [text], [text]: 'value' };
  expect(read(yamlText(object), '1.2')).toEqual(object);
  expect(read(yamlText(object), '1.1')).toEqual(object);
});

test.each(['on', 'yes', '1e3', '0x1F', '012', '~', '12:30:45', '0b101', '1_000', '='])('it is quoted: %s', (text) => {
  expect(yamlText({ key: text })).toBe(`key: "${text}"\n`);
});

test('line breaks of YAML 1.1 and unprintable characters are written as escapes', () => {
  const text = yamlText({ key: 'a\u0085b\u2028c\ufeff\u007f' });
  expect(text).toBe('key: "a\\u0085b\\u2028c\\ufeff\\u007f"\n');
  expect(parse(text)).toEqual({ key: 'a\u0085b\u2028c\ufeff\u007f' });
});

test('an object that is used twice is written twice, not as an alias', () => {
  const shared = { a: 'b' };
  expect(yamlText({ one: shared, two: shared })).toBe('one:\n  a: b\ntwo:\n  a: b\n');
});

test.each([
  ['plain words', 'Gitea on hetzner-fsn1'],
  ['a quantity', '256Mi'],
  ['a duration', '10m'],
  ['a version', 'v1.21.1'],
  ['a bare version', '12.6.0'],
  ['a network', '10.44.0.0/16'],
  ['a path', './clusters/one'],
  ['a URL', 'https://git.example.com/fleet.git?a=b&c=d#e'],
])('%s needs no quotes', (_what, text) => {
  expect(yamlText({ key: text })).toBe(`key: ${text}\n`);
});

test('lines are a literal block, at any depth', () => {
  const script = '#!/bin/sh\nset -e\n\n  echo "a: b" # c\n';
  expect(yamlText({ data: { 'run.sh': script, list: [script.trimEnd()] } })).toBe(`data:
  run.sh: |
    #!/bin/sh
    set -e

      echo "a: b" # c
  list:
    - |-
      #!/bin/sh
      set -e

        echo "a: b" # c
`);
});

test('lists of maps and lists nest', () => {
  expect(yamlText({ a: [{ b: 1, c: [2, []] }, [[3], {}], null] })).toBe(
    'a:\n  - b: 1\n    c:\n      - 2\n      - []\n  - - - 3\n    - {}\n  - null\n',
  );
});

test('a key that is too long for one line has the form for it', () => {
  const object = { ['k'.repeat(2000)]: { a: ['b'] }, z: 1 };
  expect(read(yamlText(object), '1.1')).toEqual(object);
  expect(read(yamlText(object), '1.2')).toEqual(object);
});

test('a long line is not folded', () => {
  const long = 'word '.repeat(100).trim();
  expect(yamlText({ key: long })).toBe(`key: ${long}\n`);
});

const nearlyYaml = fc
  .array(
    fc.constantFrom(
      'a',
      'é',
      '0',
      '1',
      '.',
      '-',
      ':',
      ' ',
      '#',
      '\n',
      '\t',
      'x',
      'e',
      '_',
      '~',
      "'",
      '"',
      '{',
      '*',
      '\r',
      '|',
    ),
    { maxLength: 12 },
  )
  .map((characters) => characters.join(''));

test('strings made of what YAML is made of come back', () => {
  fc.assert(
    fc.property(nearlyYaml, nearlyYaml, (key, text) => {
      const object = { outer: { [key]: text, list: [text, { [key]: [text] }] }, last: text };
      const yaml = yamlText(object);
      expect(read(yaml, '1.2')).toEqual(object);
      expect(read(yaml, '1.1')).toEqual(object);
    }),
    { numRuns: 3000 },
  );
});

test('readers of YAML 1.1 and 1.2 both get back what was written', () => {
  const json = fc.object({
    key: fc.string({ unit: 'binary' }),
    values: [
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...misread),
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant(null),
    ],
  });
  fc.assert(
    fc.property(json, (value) => {
      const object = JSON.parse(JSON.stringify(value));
      const text = yamlText(object);
      expect(read(text, '1.2')).toEqual(object);
      expect(read(text, '1.1')).toEqual(object);
    }),
    { numRuns: 500 },
  );
});

function read(text: string, version: '1.1' | '1.2'): unknown {
  return parse(text, { version, schema: version === '1.1' ? 'yaml-1.1' : 'core' });
}
