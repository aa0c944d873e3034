import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasGo } from '../build/has-go.ts';
import { testGo } from '../build/test-go.ts';

it.skipIf(!hasGo())('the Go tests pass on this machine and under wasip1', async () => {
  expect(await testGo({ goFolder: join(import.meta.dirname, '../go') })).toBe(true);
});
