import { expect, test } from 'vitest';
import { findWithin } from './find-within.ts';
import { cluster, component, writeWorkspace } from './write-workspace.ts';

interface Case {
  readonly title: string;
  readonly schema: unknown;
  readonly values?: object;
  /** What a finding must say; undefined for no finding. */
  readonly says: string | undefined;
}

/** What is found of each case, by its title: a component of one workspace each, so that one program does. */
function foundOf(cases: readonly Case[]): ReadonlyMap<string, readonly string[]> {
  const names = cases.map((_, index) => `case-${index}`);
  const root = writeWorkspace({
    ...cluster('one', { components: names }),
    ...Object.assign(
      {},
      ...cases.map(({ schema, values = {} }, index) => ({
        ...component(`case-${index}`, {}, { values }),
        [`components/case-${index}/values.schema.json`]: schema,
      })),
    ),
  });
  const diagnostics = findWithin(root).filter(({ code }) => code !== 'load/loose-schema');
  const about = (name: string): readonly string[] => [
    ...new Set(
      diagnostics
        .filter(({ primary }) => primary?.file.startsWith(`components/${name}/`))
        .map(({ code, primary, note }) => `${code} ${primary?.start?.line ?? '-'} ${note}`),
    ),
  ];
  return new Map(cases.map(({ title }, index) => [title, about(`case-${index}`)]));
}

/** `parts` schemas, each of which applies the next one `times` times by `keyword`. */
function chain(parts: number, times: number, keyword = 'allOf'): object {
  const definitions = Array.from({ length: parts }, (_, index) => [
    `p${index}`,
    index === parts - 1
      ? { type: 'object' }
      : { [keyword]: Array.from({ length: times }, () => ({ $ref: `#/$defs/p${index + 1}` })) },
  ]);
  return { $ref: '#/$defs/p0', $defs: Object.fromEntries(definitions) };
}

/** A text of JSON that nests something in itself. */
function nested(levels: number, before: string, inner: string, after: string): string {
  return before.repeat(levels) + inner + after.repeat(levels);
}

const endless = 'this applies itself to the same value again, without end';
const asksAgain = 'the schema asks the same again and again';

const refused: readonly Case[] = [
  { title: 'itself in allOf', schema: { allOf: [{ $ref: '#' }] }, says: endless },
  { title: 'itself in anyOf', schema: { anyOf: [{ type: 'object' }, { $ref: '#' }] }, says: endless },
  { title: 'itself in not', schema: { not: { $ref: '#' } }, says: endless },
  { title: 'itself in if', schema: { if: { $ref: '#' } }, says: endless },
  { title: 'itself in dependentSchemas', schema: { dependentSchemas: { a: { $ref: '#' } } }, says: endless },
  { title: 'itself by an anchor', schema: { $anchor: 'me', allOf: [{ $ref: '#me' }] }, says: endless },
  {
    title: 'itself in a circle',
    schema: {
      $ref: '#/$defs/a',
      $defs: { a: { oneOf: [{ $ref: '#/$defs/b' }] }, b: { allOf: [{ $ref: '#/$defs/a' }] } },
    },
    says: endless,
  },
  { title: 'a chain of 300 parts', schema: chain(300, 1), says: 'more than 200 parts apply one another to one value' },
  { title: 'a chain of 9,000 parts', schema: chain(9000, 1), says: 'more than 200 parts apply one another' },
  { title: '5,000 levels of not', schema: nested(5000, '{"not":', '{}', '}'), says: 'more than 100 levels' },
  { title: '100,000 open lists', schema: '['.repeat(100_000), says: 'more than 100 levels' },
  { title: 'a look-ahead', schema: { properties: { a: { type: 'string', pattern: '^(?!x)' } } }, says: 'RE2' },
  { title: 'a reference back', schema: { patternProperties: { '(a)\\1': {} } }, says: 'RE2' },
];

const bounded: readonly Case[] = [
  { title: '26 levels of two references each', schema: chain(26, 2), says: asksAgain },
  { title: '26 levels of anyOf', schema: chain(26, 2, 'anyOf'), says: asksAgain },
  {
    title: 'two references to itself at each level',
    schema: { type: 'object', additionalProperties: { allOf: [{ $ref: '#' }, { $ref: '#' }] } },
    values: JSON.parse(nested(40, '{"a":', '{}', '}')),
    says: asksAgain,
  },
  {
    title: '40 nested lists in a part that is referred to',
    schema: {
      $ref: '#/$defs/a',
      $defs: { a: { type: 'object', additionalProperties: false, examples: JSON.parse(nested(40, '[', '', ']')) } },
    },
    says: undefined,
  },
  {
    title: 'a pattern that backtracks',
    schema: { type: 'object', additionalProperties: { type: 'string', pattern: '^(a+)+$' } },
    values: { name: `${'a'.repeat(38)}!` },
    says: '"aaaaaaaa',
  },
  {
    title: 'a pattern of keys that backtracks',
    schema: { type: 'object', additionalProperties: false, patternProperties: { '^(a|a)*$': {} } },
    values: { [`${'a'.repeat(38)}!`]: 1 },
    says: 'no such key',
  },
  {
    title: '20,000 maps that must differ',
    schema: { type: 'object', additionalProperties: { type: 'array', uniqueItems: true } },
    values: { list: Array.from({ length: 20_000 }, (_, id) => ({ id })) },
    says: asksAgain,
  },
];

test('a schema that cannot be followed is refused where it stands, with the limit it breaks', () => {
  for (const [title, found] of foundOf(refused)) {
    const { says } = refused.find((each) => each.title === title) ?? {};
    expect(found, title).toEqual([expect.stringMatching(/^load\/(invalid-schema|alias-bomb) \d+ /)]);
    expect(found[0], title).toContain(says);
  }
});

test('no schema takes more time than its size and its values', () => {
  for (const [title, found] of foundOf(bounded)) {
    const { says } = bounded.find((each) => each.title === title) ?? {};
    if (says === undefined) expect(found, title).toEqual([]);
    else expect(found.join('\n'), title).toContain(says);
  }
});

test('of 80,000 unknown keys the first are told, and how many more there are', () => {
  const values = Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`key${index}`, 1]));
  const root = writeWorkspace({ ...cluster('one', { components: ['web'] }), ...component('web', {}, { values }) });
  const told = findWithin(root).filter(({ code }) => code === 'resolve/unknown-value');
  expect(told).toHaveLength(40);
  expect(told.at(-1)?.help).toBe('79980 more findings of this file are not shown');
});

test('references that do not multiply are followed', () => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties: { a: { $ref: '#/$defs/text' }, next: { $ref: '#' } },
    $defs: { text: { type: 'string', description: 'A text.' } },
  };
  const values = { a: 'x', next: { a: 'y', next: { a: 'z' } } };
  expect([...foundOf([{ title: 'a list', schema, values, says: undefined }]).values()]).toEqual([[]]);
});
