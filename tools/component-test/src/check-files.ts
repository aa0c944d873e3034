import { type Diagnostic, didYouMean, listWords } from '@fluxwright/diagnostics';
import { type CaseContext, failure } from './case-context.ts';

/** What `expect.files` says of the files that a person works with before Flux runs, and does not hold. */
export function checkFiles(context: CaseContext): readonly Diagnostic[] {
  const { test, rendered } = context;
  const files = new Map(
    (rendered.bootstrap?.files ?? []).map(({ path, text }) => [path.replace('bootstrap/', ''), text]),
  );
  return (test.spec.expect.files ?? []).flatMap(({ path, contains, missing = [] }, index) => {
    const text = files.get(path);
    if (text === undefined) {
      const names = [...files.keys()];
      return [
        failure('test/wrong-file', context, {
          at: ['files', index, 'path'],
          message: `bootstrap/ has no file ${path}`,
          note: names.length === 0 ? 'it has none' : 'nothing makes it',
          help:
            didYouMean(path, names) ??
            (names.length === 0 ? 'does it lack a value?' : `it has ${listWords(names, 'and')}`),
        }),
      ];
    }
    const wrong = (key: 'contains' | 'missing', part: number) =>
      failure('test/wrong-file', context, {
        at: ['files', index, key, part],
        message: `bootstrap/${path} ${key === 'contains' ? 'does not have' : 'has'} this text`,
        note: key === 'contains' ? 'no line of it has it' : 'it must not be there',
        help: `look at the file: set what the case does in a cluster of yours, and read its bootstrap/${path}`,
      });
    return [
      ...contains.flatMap((each, part) => (text.includes(each) ? [] : [wrong('contains', part)])),
      ...missing.flatMap((each, part) => (text.includes(each) ? [wrong('missing', part)] : [])),
    ];
  });
}
