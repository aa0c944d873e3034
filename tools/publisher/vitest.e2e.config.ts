import { defineConfig } from 'vitest/config';
import { testConfig } from '../../vitest.base.ts';

const shared = testConfig('publisher-e2e', import.meta.dirname);

export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: ['test/**/*.e2e.ts'],
    globalSetup: './test/shared-gitea.ts',
    testTimeout: 1_800_000,
    hookTimeout: 1_200_000,
    fileParallelism: false,
  },
});
