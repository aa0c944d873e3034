import { readdirSync } from 'node:fs';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import { expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../../../..');
const clusters = readdirSync(path.join(root, 'clusters'), { withFileTypes: true }).filter((each) => each.isDirectory());

/** In a run of its own, with nothing remembered, every folder of a cluster is built and every object is judged. */
it.each(clusters.map(({ name }) => name))('kubeconform and kustomize agree with the whole tree of %s', async (name) => {
  const { clusters: results, diagnostics } = await compile({ root, clusters: [name], write: false });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(results.map(({ built }) => built)).toEqual([true]);
});
