import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import { formatText } from '@fluxwright/diagnostics';
import { afterAll, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../../..');
const copy = mkdtempSync(path.join(tmpdir(), 'fluxwright-readme-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

it('the message that the README shows is the one that its example gets', async () => {
  for (const folder of ['components', 'products', 'clusters'])
    cpSync(path.join(root, folder), path.join(copy, folder), {
      recursive: true,
      filter: (file) => !file.endsWith('node_modules'),
    });
  // `values` ends the manifest.
  const value = '    cert-manager:\n      webhook:\n        replicas: 0\n';
  appendFileSync(path.join(copy, 'clusters/hetzner-fsn1/cluster.yaml'), value);
  const { diagnostics, sources } = await compile({ root: copy, clusters: ['hetzner-fsn1'], write: false });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [printed = ''] = formatText(errors, { sources }).split('\n\n');
  const shown = printed.replaceAll(/^/gm, '    ');
  expect(readFileSync(path.join(root, 'README.md'), 'utf8')).toContain(`\n${shown}\n`);
});
