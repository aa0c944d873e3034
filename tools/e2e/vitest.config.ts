import { defineConfig } from 'vitest/config';
import { testConfig } from '../../vitest.base.ts';

const shared = testConfig('e2e', import.meta.dirname);

// Tests of one file go on where the one before ended: after a failure they would only wait.
export default defineConfig({
  ...shared,
  test: { ...shared.test, testTimeout: 600_000, hookTimeout: 2_400_000, fileParallelism: false, bail: 1 },
});
