import { defineConfig } from 'vitest/config';
import { testConfig } from '../../vitest.base.ts';

const config = testConfig('nx-plugin', import.meta.dirname);

// Each of these tests runs Nx several times in a workspace of its own.
export default defineConfig({ ...config, test: { ...config.test, testTimeout: 300_000, hookTimeout: 300_000 } });
