import path from 'node:path';
import type { ViteUserConfig } from 'vitest/config';

/** The test settings every package shares; `name` labels its report in reports/. */
export function testConfig(name: string, root: string): ViteUserConfig {
  return {
    root,
    test: {
      name,
      include: ['{src,test}/**/*.test.ts'],
      reporters: ['default', ['json', { outputFile: path.join(import.meta.dirname, 'reports', `${name}.json`) }]],
      // A hung test ends; how fast a test is, benchmarks say.
      testTimeout: 600_000,
      // What is made ready before a test, engines and servers, takes as long on a loaded machine.
      hookTimeout: 600_000,
      teardownTimeout: 60_000,
    },
  };
}
