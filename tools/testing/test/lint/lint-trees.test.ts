import { readdirSync } from 'node:fs';
import path from 'node:path';
import { lintFolder } from '@fluxwright/compiler';
import { expect, test } from 'vitest';

const trees = path.join(import.meta.dirname, '../../fixtures/lint-trees');

/** Trees that keep every rule as Flux sees them, and what is found in the others. */
const findings: Readonly<Record<string, readonly string[]>> = {
  'component-that-is-not-there': ['lint/failed-build'],
};

test.each(readdirSync(trees))('%s', async (tree) => {
  const { diagnostics, objects } = await lintFolder({ folder: path.join(trees, tree), flux: '2.9' });
  expect(objects).toBeGreaterThan(0);
  expect(diagnostics.map(({ code }) => code)).toEqual(findings[tree] ?? []);
});
