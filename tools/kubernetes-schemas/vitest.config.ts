import { defineConfig } from 'vitest/config';
import { testConfig } from '../../vitest.base.ts';

const shared = testConfig('kubernetes-schemas', import.meta.dirname);

export default defineConfig({
  ...shared,
  test: { ...shared.test, include: ['{src,generate,test}/**/*.test.ts'] },
});
