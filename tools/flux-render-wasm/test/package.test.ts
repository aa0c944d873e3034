import { join } from 'node:path';
import { runExample } from '@fluxwright/wasm-host/build';
import { expect, it } from 'vitest';

it('runs the example of the README from its tarball in an empty project', async () => {
  const { stdout, stderr, promised, typeErrors, files, manifest, notShipped, bundled } = await runExample(
    join(import.meta.dirname, '..'),
    { bundle: true },
  );
  expect(stderr).toBe('');
  expect(typeErrors).toBe('');
  expect(stdout).toBe(promised);
  expect(files).toContain('LICENSE');
  expect(manifest).toMatchObject({ license: 'Apache-2.0', repository: { directory: 'tools/flux-render-wasm' } });
  expect(notShipped).toEqual([]);
  expect(bundled).toEqual({ esm: promised, cjs: promised });
  expect(promised).toContain('hello/templates/config.yaml');
}, 300_000);
