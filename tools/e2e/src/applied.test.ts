import { expect, test } from 'vitest';
import { type Applied, wakesBetween } from './applied.ts';

const applied = (objects: Readonly<Record<string, string>>): Applied =>
  new Map([['flux-system/a', new Map(Object.entries(objects).map(([title, text]) => [title, { path: title, text }]))]]);

test('a FluxKustomization is woken by what is new, says another thing or is gone, and by nothing else', () => {
  const before = applied({ 'Secret a/one': '1', 'Secret a/two': '2', 'Secret a/three': '3' });
  expect(wakesBetween(before, before)).toEqual([]);
  expect(wakesBetween(before, applied({ 'Secret a/one': '1', 'Secret a/two': 'x', 'Secret a/four': '4' }))).toEqual([
    { key: 'flux-system/a', added: ['Secret a/four'], changed: ['Secret a/two'], removed: ['Secret a/three'] },
  ]);
});
