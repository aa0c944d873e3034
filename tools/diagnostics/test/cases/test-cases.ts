import { describe, expect, test } from 'vitest';
import { type CheckCase, type DiagnosticCase, runCase } from './diagnostic-case.ts';

/**
 * Tests that each case gives its code and its message, and every error help. `vitest run <name of the test file> -u` writes
 * the messages anew, and that of a case that has none; `-u` stands last, since it takes a word after it for its own. The
 * cases lie over the folder `over`, where there is one.
 */
export function testCases(
  cases: readonly DiagnosticCase[],
  { over, checkOf }: { readonly over?: string; readonly checkOf: (each: DiagnosticCase) => CheckCase },
): void {
  describe('a bad input gets its message', () => {
    test.each(cases.map((each) => [each.name, each] as const))('%s', async (_, each) => {
      const { archive, diagnostics } = await runCase(each, { ...(over && { over }), check: checkOf(each) });
      expect(diagnostics.map(({ code }) => code)).toContain(each.code);
      const helpless = diagnostics.filter(({ severity, help }) => severity === 'error' && help === undefined);
      expect(helpless.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
      await expect(archive).toMatchFileSnapshot(each.file);
    });
  });
}
