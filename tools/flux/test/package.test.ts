import { join } from 'node:path';
import { runExample } from '@fluxwright/wasm-host/build';
import { expect, it } from 'vitest';

it('lints and simulates the tree of its README from its tarball in an empty project', async () => {
  const { stdout, stderr, promised, typeErrors, files, manifest, notShipped } = await runExample(
    join(import.meta.dirname, '..'),
  );
  expect(stderr).toBe('');
  expect(typeErrors).toBe('');
  expect(stdout).toBe(promised);
  expect(files).toEqual(
    expect.arrayContaining(['LICENSE', 'NOTICE', 'wasm/flux-render.wasm.zst', 'data/flux.json.br']),
  );
  expect(manifest).toMatchObject({ license: 'Apache-2.0', repository: { directory: 'tools/flux' } });
  expect(manifest).not.toHaveProperty('dependencies');
  expect(notShipped).toEqual([]);
  expect(promised).toContain('lint/');
}, 300_000);
