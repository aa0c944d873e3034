import { expect, test } from 'vitest';
import { sayProgress } from './print/say-progress.ts';

test.each([
  ['on a terminal', { isTTY: true }, {}, ['Reading\n', 'one (1 of 2)\n']],
  ['elsewhere', {}, {}, []],
  ['in CI, on a terminal too', { isTTY: true }, { CI: 'true' }, []],
])('%s', (_, terminal, environment, lines) => {
  const said: string[] = [];
  const stream = { ...terminal, write: (text: string) => said.push(text) };
  for (const text of ['Reading', 'one (1 of 2)']) sayProgress(text, { stream, environment });
  expect(said).toEqual(lines);
});
