import { formatText } from '@fluxwright/diagnostics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { JsonValue } from '../value/source-document.ts';
import { parseJson } from './parse-json.ts';
import { parseYaml } from './parse-yaml.ts';
import { quoting } from './quoting.ts';

function read(text: string): string {
  const { value, diagnostics } = parseYaml('x.yaml', text);
  expect(value === undefined).toBe(diagnostics.length > 0);
  return formatText(diagnostics, { sources: new Map([['x.yaml', text]]) });
}

function parsed(text: string): JsonValue | undefined {
  return parseYaml('x.yaml', text).value?.value;
}

describe('parseYaml', () => {
  it('reads any JSON value back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (json) => {
        const plain = JSON.parse(
          JSON.stringify(json, (_, value) => (typeof value === 'number' && !Number.isSafeInteger(value) ? 0 : value)),
        );
        expect(JSON.parse(JSON.stringify(parsed(stringify(plain, { compat: quoting }))))).toEqual(plain);
      }),
    );
  });

  it('never throws, whatever the text', () => {
    const part = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      '&x ',
      '*x',
      '"',
      "'",
      '|',
      '>',
      '---',
      '...',
      '%YAML 1.2',
      '!!map',
      '? ',
      '#',
      '\t',
      '\r',
      '\u0000',
      '\ufeff',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => void read(parts.join(''))),
      { numRuns: 2000 },
    );
  });

  it.each([
    [
      'a lone carriage return, which Go takes for the end of a line',
      'a: 1 # no\rb: 2\n',
      { line: 1, column: 10 },
      'U+000D',
    ],
    ['a next line', 'a: 1 # no\u0085b: 2\n', { line: 1, column: 10 }, 'U+0085'],
    ['what stands after lines of all three ends', 'a: 1\r\nb: 2\n#\r\u007f', { line: 3, column: 2 }, 'U+000D'],
  ])('refuses %s', (_, text, start, name) => {
    const { value, diagnostics } = parseYaml('x.yaml', text);
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ primary, note }) => [primary?.start, note])).toEqual([[start, `the character ${name}`]]);
  });

  it('points at where a text begins that says nothing', () => {
    expect(parseYaml('x.yaml', '').value?.locate([])).toEqual({ file: 'x.yaml', start: { line: 1, column: 1 } });
  });

  it('keeps __proto__ as a key', () => {
    const value = parsed('__proto__: {polluted: true}') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('takes what means the same to all readers', () => {
    const text = 'a: "yes"\nb: 1:30\nc: 0x1F\nd: 0o17\ne: 1e3\n"no": 08\nf: .5\ng: nO\nh: |\n  yes\n';
    const plain = { a: 'yes', b: '1:30', c: 31, d: 15, e: 1000, no: 8, f: 0.5, g: 'nO', h: 'yes\n' };
    expect(JSON.parse(JSON.stringify(parsed(text)))).toEqual(plain);
  });

  it.each([
    'a: yes',
    'a: N',
    'a: 0444',
    'a: 1_000',
    'a: 0b1',
    'a: -0x1',
    'a: 2001-12-14',
    'no: 1',
    '0444: 1',
    '1e3: 1',
    '<<: {a: 1}',
  ])('refuses what readers disagree on: %s', (text) =>
    expect(parseYaml('x.yaml', text).diagnostics.map(({ code }) => code)).toEqual(['load/ambiguous-scalar']),
  );

  it.each([
    ['a syntax error', 'a: [1, 2\nb: "x\n'],
    ['a key twice', 'a: 1\nb:\n  c: 1\n  c: 2\na: 3\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['a 1.1 document', '%YAML 1.1\n---\na: b\n'],
    ['a tag', 'a: !!binary aGk=\nb: !env HOME\n'],
    ['an alias to nothing', 'a: *gone\n'],
    ['an alias into itself', 'a: &a [*a]\n'],
    ['a big number', 'id: 12345678901234567890\nnot: .nan\n'],
    ['a map as key', '? {a: 1}\n: 2\n'],
  ])('refuses %s', (_, text) => expect(read(text)).toMatchSnapshot());

  it('bounds what aliases make', () => {
    const bomb = [
      'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(10)}]`),
    ];
    expect(read(bomb.join('\n'))).toMatchSnapshot();
    const tower = ['a0: &a0 []', ...Array.from({ length: 120 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`)];
    expect(read(tower.join('\n'))).toMatchSnapshot();
  });

  it.each(['[', '{a: ', '- ', '? '])('bounds nesting of "%s"', (open) => {
    expect(read(open.repeat(Math.floor(1_000_000 / open.length)))).toContain('load/alias-bomb');
  });

  it('shows the first findings of a file that is no YAML at all', () => {
    expect(parseYaml('x.yaml', 'a: 1\n'.repeat(1000)).diagnostics.length).toBe(20);
    expect(read(']'.repeat(1000))).toMatch(/more findings of this file are not shown\n\n20 errors\n$/);
  });

  it('locates values, keys and what is missing', () => {
    const document = parseYaml(
      'x.yaml',
      'spec:\n  list:\n    - name: a\n    - &b {name: b}\n  same: *b\n  none:\n',
    ).value;
    const at = (path: (string | number)[], part?: 'key' | 'value') => {
      const { start, end } = document?.locate(path, part) ?? {};
      return `${start?.line}:${start?.column}-${end?.line}:${end?.column}`;
    };
    expect(at(['spec', 'list', 0, 'name'])).toBe('3:13-3:14');
    expect(at(['spec', 'list', 1, 'name'], 'key')).toBe('4:11-4:15');
    expect(at(['spec', 'same', 'name'])).toBe('4:17-4:18');
    expect(at(['spec', 'gone', 'further'])).toBe('1:1-1:5');
    expect(at(['spec', 'none'])).toBe('6:8-6:8');
  });
});

describe('parseJson', () => {
  it('counts the lines that end with a carriage return alone, as frames do', () => {
    const [fault] = parseJson('x.json', '{\r"a": 1,\r\n"b": flase\n}').diagnostics;
    expect(fault?.primary?.start).toEqual({ line: 3, column: 6 });
    expect(parseJson('x.json', '{\r"a":\r1}').value?.locate(['a']).start).toEqual({ line: 3, column: 1 });
  });

  it.each(['{"a": 1,}', '{"a": ', '', "{'a': 1}"])('refuses %s', (text) => {
    const { value, diagnostics } = parseJson('x.json', text);
    expect(value).toBeUndefined();
    expect(formatText(diagnostics, { sources: new Map([['x.json', text]]) })).toMatchSnapshot();
  });

  it('locates', () => {
    const document = parseJson('x.json', '{\n\t"a": {\n\t\t"b": 1\n\t}\n}').value;
    expect(document?.locate(['a', 'b']).start).toEqual({ line: 3, column: 8 });
    expect(document?.locate(['a', 'b'], 'key').start).toEqual({ line: 3, column: 3 });
  });
});
