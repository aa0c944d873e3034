import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { testConfig } from '../../vitest.base.ts';

const { test, ...config } = testConfig('testing', import.meta.dirname);

// Nx runs first what others depend on, so these tests, the longest of all, come last: by then they have the machine to
// themselves, and Vitest would leave a core idle.
export default defineConfig({ ...config, test: { ...test, maxWorkers: availableParallelism() } });
