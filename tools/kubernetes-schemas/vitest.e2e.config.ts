import { defineConfig } from 'vitest/config';
import { testConfig } from '../../vitest.base.ts';

const shared = testConfig('kubernetes-schemas-e2e', import.meta.dirname);

export default defineConfig({
  ...shared,
  test: { ...shared.test, include: ['test/**/*.e2e.ts'], testTimeout: 120_000, hookTimeout: 1_200_000 },
});
