import { expect, test } from 'vitest';
import { referredPath, referredSchema } from './schema-reference.ts';

const root = {
  $defs: {
    'a/b c': { type: 'string' },
    'half%': { type: 'number' },
    named: { $anchor: 'port', type: 'integer' },
    own: { $id: 'own.json', type: 'array' },
  },
  items: [{ type: 'null' }],
};

test.each([
  ['#', []],
  ['#/$defs/a~1b%20c', ['$defs', 'a/b c']],
  ['#/$defs/half%', ['$defs', 'half%']],
  ['#port', ['$defs', 'named']],
  ['own.json', ['$defs', 'own']],
  ['#/items/0', ['items', 0]],
])('%s names %j', (reference, path) => {
  expect(referredPath(reference, root)).toEqual(path);
  expect(referredSchema(reference, root)).toBe(path.reduce<unknown>((at, step) => (at as never)[step], root));
});

test.each(['#/$defs/none', '#none', 'other.json', 'https://example.com/a.json', '', 1, null, undefined])(
  '%s names nothing',
  (reference) => {
    expect(referredSchema(reference, root)).toBeUndefined();
  },
);
