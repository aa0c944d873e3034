import { readFileSync } from 'node:fs';
import path from 'node:path';
import { registry } from '@fluxwright/diagnostics';
import { lintFolder } from '@fluxwright/flux';
import { expect, test } from 'vitest';

const rules = Object.keys(registry).filter((code) => code.startsWith('lint/'));

test.each(rules)('%s names its source', async (code) => {
  const page = readFileSync(path.join(import.meta.dirname, `../../../../docs/errors/${code}.md`), 'utf8');
  expect(page).toMatch(/^Source: .*https:\/\/.*$/m);
});

test.each(['hetzner-fsn1', 'hetzner-nbg1'])('the sample tree of %s has no finding', async (cluster) => {
  const folder = path.join(import.meta.dirname, '../../../../generated', cluster);
  for (const flux of ['2.7', '2.8', '2.9']) {
    const { diagnostics, objects } = await lintFolder({ folder, flux });
    expect(objects).toBeGreaterThan(100);
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  }
});
