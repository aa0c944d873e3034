import { expect, it } from 'vitest';
import { requireNode } from './require-node.ts';

it.each(['18.20.0', '20.20.2', '22.14.0'])('says what is needed on Node %s', (version) => {
  expect(() => requireNode(version)).toThrow(`needs Node 22.15 or newer, and this is Node ${version}`);
});

it.each(['22.15.0', '23.0.0', '24.9.0'])('takes Node %s', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});
