import { type Diagnostic, diagnostic, didYouMean, listWords } from '@fluxwright/diagnostics';
import type { ComponentTest } from '@fluxwright/model';
import { failure } from './case-context.ts';

/** Compares what the compiler found with `expect.diagnostic`: one that fits must be there, and no error besides. */
export function checkDiagnostic(test: ComponentTest, found: readonly Diagnostic[]): readonly Diagnostic[] {
  const expected = test.spec.expect.diagnostic;
  const fits = found.filter((each) => expected !== undefined && isMeant(each, expected));
  const errors = found.filter((each) => each.severity === 'error' && !fits.includes(each));
  if (expected !== undefined && fits.length === 0) return [notFound(test, expected, found), ...errors];
  return errors.length === 0 ? [] : [notCompiled(test, errors.length), ...errors];
}

type Expected = NonNullable<ComponentTest['spec']['expect']['diagnostic']>;

function isMeant({ code, message, note = '' }: Diagnostic, expected: Expected): boolean {
  return code === expected.code && `${message}\n${note}`.includes(expected.message ?? '');
}

function notFound(test: ComponentTest, { code }: Expected, found: readonly Diagnostic[]): Diagnostic {
  const codes = [...new Set(found.map((each) => each.code))].sort();
  const same = found.find((each) => each.code === code);
  const help =
    same === undefined
      ? (didYouMean(code, codes) ?? (codes.length === 0 ? 'nothing was found' : `found: ${listWords(codes, 'and')}`))
      : `it says: ${same.message}${same.note === undefined ? '' : ` (${same.note})`}`;
  return failure(
    'test/missing-diagnostic',
    { test },
    {
      at: ['diagnostic', same === undefined ? 'code' : 'message'],
      message: `the compiler does not report ${code}${same === undefined ? '' : ' in these words'}`,
      note: 'expected, and not found',
      help,
    },
  );
}

function notCompiled({ name, document }: ComponentTest, count: number): Diagnostic {
  return diagnostic('test/not-compiled', {
    message: `test case "${name}" does not compile`,
    primary: document.locate(['metadata', 'name']),
    note:
      count === 1 ? 'there is an error that it does not expect' : `there are ${count} errors that it does not expect`,
    help: 'mend what they name, or say under spec.expect.diagnostic that they are meant',
  });
}
