import { describe, expect, it } from 'vitest';
import { diagnostic } from './diagnostic.ts';
import { formatCi } from './format-ci.ts';
import { formatJson } from './format-json.ts';
import { formatText } from './format-text.ts';

const product = 'products/observability/product.yaml';
const schema = 'components/loki/values.schema.json';
const cluster = 'clusters/fsn1/cluster.yaml';
const sources = new Map([
  [product, 'spec:\n  components:\n    - name: promtheus\n'],
  [cluster, 'spec:\n\tdomain:\t東京都 ü https://bot:hunter2@example.com # \u001b[31mred\n'],
  [schema, `${'\n'.repeat(119)}    "minimum": 1\n`],
]);

const unknown = diagnostic('resolve/unknown-component', {
  message: 'product "observability" needs a component that does not exist',
  primary: { file: product, start: { line: 3, column: 13 }, end: { line: 3, column: 22 } },
  note: 'no folder components/promtheus',
  help: 'did you mean "prometheus"?',
});
const wide = diagnostic('resolve/invalid-value', {
  message: 'domain is not good: https://bot:hunter2@example.com',
  primary: { file: cluster, start: { line: 2, column: 14 }, end: { line: 2, column: 15 } },
  note: 'not this letter',
  labels: [
    { span: { file: schema, start: { line: 120, column: 5 }, end: { line: 120, column: 17 } }, message: 'the rule' },
  ],
});
const whole = diagnostic('load/unused-file', {
  message: 'nothing uses a file',
  primary: { file: 'components/loki/notes.txt' },
  note: 'never read',
});

describe('formatText', () => {
  it('shows place, line, carets and help', () => {
    expect(formatText([unknown], { sources })).toMatchInlineSnapshot(`
      "error[resolve/unknown-component]: product "observability" needs a component that does not exist
        products/observability/product.yaml:3:13
          3 |     - name: promtheus
            |             ^^^^^^^^^ no folder components/promtheus
        help: did you mean "prometheus"?

      1 error
      "
    `);
  });

  it('keeps carets under wide letters and tabs, cuts secrets and control characters, shows labels', () => {
    expect(formatText([wide], { sources })).toMatchInlineSnapshot(`
      "error[resolve/invalid-value]: domain is not good: https://***@example.com
        clusters/fsn1/cluster.yaml:2:14
           2 |     domain: 東京都 ü https://***********@example.com # �[31mred
             |                    ^ not this letter
        components/loki/values.schema.json:120:5
         120 |     "minimum": 1
             |     ------------ the rule
        help: write a value that keeps the rule; values.schema.json of the component has it

      1 error
      "
    `);
  });

  it('sorts by file and line, counts, and needs no position', () => {
    expect(formatText([unknown, wide, whole], { sources: new Map() })).toMatchInlineSnapshot(`
      "error[resolve/invalid-value]: domain is not good: https://***@example.com
        clusters/fsn1/cluster.yaml:2:14: not this letter
        components/loki/values.schema.json:120:5: the rule
        help: write a value that keeps the rule; values.schema.json of the component has it

      warning[load/unused-file]: nothing uses a file
        components/loki/notes.txt: never read

      error[resolve/unknown-component]: product "observability" needs a component that does not exist
        products/observability/product.yaml:3:13: no folder components/promtheus
        help: did you mean "prometheus"?

      2 errors, 1 warning
      "
    `);
  });

  it('shows a finding of many clusters once', () => {
    const clusters = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ ...whole, cluster: name }));
    expect(formatText(clusters, { sources })).toMatchInlineSnapshot(`
      "warning[load/unused-file]: nothing uses a file
        components/loki/notes.txt: never read
        in clusters a, b, c, d and 2 more

      1 warning
      "
    `);
  });

  it('shows findings of many clusters that differ in names and numbers once for their place', () => {
    const span = { file: 'clusters/defaults.yaml', start: { line: 3, column: 7 } };
    const told = (...names: readonly string[]) =>
      names.map((name, at) =>
        diagnostic('fleet/duplicate-value', {
          message: `clusters "${name}" and "other" (and ${at} more) have the same domain: x.org`,
          primary: span,
          help: 'set another',
          cluster: name,
        }),
      );
    expect(formatText(told('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { sources })).toMatchInlineSnapshot(`
      "error[fleet/duplicate-value]: clusters "a" and "other" (and 0 more) have the same domain: x.org
        clusters/defaults.yaml:3:7
        alike in clusters b, c, d, e and 3 more
        help: set another

      1 error
      "
    `);
    expect(formatCi(told('a', 'b', 'c', 'd'))).toContain('%0Aalike in clusters b, c and d%0Ahelp: set another\n');
    expect(formatText(told('a', 'b', 'c'), { sources })).toContain('3 errors');
    // Each of those has two at the place: merging them would lose one.
    const twice = ['a', 'b', 'c', 'd'].flatMap((name) => told(name, name));
    expect(formatText(twice, { sources })).toContain('8 errors');
    const elsewhere = told('a', 'b', 'c', 'd').map((each, line) => ({
      ...each,
      primary: { ...span, start: { line, column: 7 } },
    }));
    expect(formatText(elsewhere, { sources })).toContain('4 errors');
  });

  it('cuts a long line round the span', () => {
    const text = `${'a'.repeat(500)}BAD${'z'.repeat(500)}`;
    const long = diagnostic('load/invalid-value', {
      message: 'bad',
      primary: { file: 'x', start: { line: 1, column: 501 }, end: { line: 1, column: 504 } },
    });
    expect(formatText([long], { sources: new Map([['x', text]]) })).toMatchInlineSnapshot(`
      "error[load/invalid-value]: bad
        x:1:501
          1 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaBADzzzzzzzzzzzzzzzzzzz…
            |                                         ^^^
        help: write a value that keeps the rule

      1 error
      "
    `);
  });

  it('paints only when asked', () => {
    expect(formatText([unknown], { sources })).not.toContain('\u001b');
    expect(formatText([unknown], { sources, color: true })).toContain('\u001b[31m');
  });

  it('says nothing of nothing', () => expect(formatText([], { sources })).toBe(''));
});

describe('formatCi', () => {
  it('writes an annotation a finding', () => {
    expect(formatCi([unknown, wide, whole])).toMatchInlineSnapshot(`
      "::error file=clusters/fsn1/cluster.yaml,line=2,col=14,endLine=2,endColumn=15,title=resolve/invalid-value::domain is not good: https://***@example.com%0Anot this letter%0Acomponents/loki/values.schema.json:120: the rule%0Ahelp: write a value that keeps the rule; values.schema.json of the component has it
      ::warning file=components/loki/notes.txt,title=load/unused-file::nothing uses a file%0Anever read
      ::error file=products/observability/product.yaml,line=3,col=13,endLine=3,endColumn=22,title=resolve/unknown-component::product "observability" needs a component that does not exist%0Ano folder components/promtheus%0Ahelp: did you mean "prometheus"?
      "
    `);
  });
});

describe('formatJson', () => {
  it('is sorted data', () => {
    const { diagnostics } = JSON.parse(formatJson([unknown, wide]));
    expect(diagnostics.map((each: { code: string }) => each.code)).toEqual([
      'resolve/invalid-value',
      'resolve/unknown-component',
    ]);
    expect(diagnostics[1]).toEqual(unknown);
  });
});
