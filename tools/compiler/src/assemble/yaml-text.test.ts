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

test('a long line is not folded', () => {
  const long = 'word '.repeat(100).trim();
  expect(yamlText({ key: long })).toBe(`key: ${long}\n`);
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
