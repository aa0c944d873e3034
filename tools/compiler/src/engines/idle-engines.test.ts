import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { compile } from '../commands/compile.ts';

/** The real engines, and how often one was started. */
const starts = vi.hoisted(() => ({ count: 0 }));
vi.mock('kubeconform-wasm', async (real) => {
  const module = await real<typeof import('kubeconform-wasm')>();
  return {
    ...module,
    createEngine: (...all: []) => {
      starts.count += 1;
      return module.createEngine(...all);
    },
  };
});
vi.mock('flux-render-wasm', async (real) => {
  const module = await real<typeof import('flux-render-wasm')>();
  return {
    ...module,
    createRenderer: (...all: []) => {
      starts.count += 1;
      return module.createRenderer(...all);
    },
  };
});

const root = resolve(import.meta.dirname, '../../../..');
const cache = mkdtempSync(join(tmpdir(), 'fluxwright-idle-'));
afterEach(() => rmSync(cache, { recursive: true, force: true }));

/** One cluster shows it. */
const options = { root, cache, clusters: ['hetzner-fsn1'], write: false };

test('a run in a new process with nothing new to judge starts no engine', async () => {
  expect((await compile(options)).diagnostics).toEqual([]);
  expect(starts.count).toBe(2);
  vi.resetModules();
  const { compile: compileAgain } = await import('../commands/compile.ts');
  expect((await compileAgain(options)).diagnostics).toEqual([]);
  expect(starts.count).toBe(2);
});
