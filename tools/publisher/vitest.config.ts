import { defineConfig } from 'vitest/config';
import { testConfig } from '../../vitest.base.ts';

const shared = testConfig('publisher', import.meta.dirname);

// The tests wait for servers most of the time.
export default defineConfig({ ...shared, test: { ...shared.test, maxWorkers: 3 } });
