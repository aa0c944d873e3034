import { join } from 'node:path';
import { runExample } from '@fluxwright/wasm-host/build';
import { expect, it } from 'vitest';

it('runs the example of the README from its tarball in an empty project', async () => {
  const { stdout, stderr, promised, typeErrors } = await runExample(join(import.meta.dirname, '..'));
  expect(stderr).toBe('');
  expect(typeErrors).toBe('');
  expect(stdout).toBe(promised);
  expect(promised).toContain('Cluster');
}, 300_000);
