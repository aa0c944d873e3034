import { expect, it } from 'vitest';
import { createValidator } from './create-validator.ts';
import { makeBatches } from './make-batches.ts';

const widget = (name: number) =>
  `apiVersion: example.dev/v1\nkind: Widget\nmetadata: {name: w${name}}\nsize: ${name}\n`;
const stream = (count: number) => Array.from({ length: count }, (_, index) => widget(index)).join('---\n');

it('cuts one long text into requests of bounded size, and loses no document', () => {
  const batches = makeBatches([stream(1201), { kind: 'Widget' }]);
  expect(batches.map(({ inputs, texts }) => [inputs, texts])).toEqual([
    [[0], [0]],
    [[0], [0]],
    [[0, 1], [0]],
  ]);
  const texts = batches.flatMap(({ parts }) => parts.map((part) => new TextDecoder().decode(part)));
  expect(texts.slice(0, 3).join('\n---\n')).toBe(stream(1201));
});

it.each(['', '---\n', 'a: 1\n---', 'a: 1\n--- # note\nb: 2\n', 'a: |\n  ---\n'])(
  'leaves a short text as it is: %j',
  (text) => {
    expect(makeBatches([text])).toEqual([{ inputs: [0], parts: [Buffer.from(text)], texts: [0] }]);
  },
);

it('judges each document of a text that is longer than a request', async () => {
  const schemas = { 'widget.json': { type: 'object', properties: { size: { maximum: 2000 } } } };
  const validator = await createValidator({ schemas, schemaLocations: ['widget.json'] });
  const results = await validator.validate([widget(1), stream(3001)]);
  expect(results.map(({ name }) => name)).toEqual(['w1', ...Array.from({ length: 3001 }, (_, index) => `w${index}`)]);
  expect(results.filter(({ status }) => status === 'invalid')).toHaveLength(1000);
  expect(new Set(results.slice(1).map(({ input }) => input))).toEqual(new Set([1]));
});
