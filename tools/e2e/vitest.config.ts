import { defineConfig } from 'vitest/config';
import { testConfig } from '../../vitest.base.ts';

const shared = testConfig('e2e', import.meta.dirname);

export default defineConfig({
  ...shared,
  test: { ...shared.test, testTimeout: 600_000, hookTimeout: 2_400_000, fileParallelism: false },
});
