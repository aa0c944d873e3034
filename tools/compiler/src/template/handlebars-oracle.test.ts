import fc from 'fast-check';
import Handlebars from 'handlebars';
import { expect, it } from 'vitest';
import { parseTemplate } from './parse-template.ts';
import { renderTemplate } from './render-template.ts';
import { anyShape } from './shape.ts';

const values = {
  text: 'web',
  zero: 0,
  yes: true,
  no: false,
  empty: '',
  none: [],
  list: [
    { name: 'a', tags: ['x', 'y'] },
    { name: 'b', tags: [] },
  ],
  map: { one: 1, two: 'zwei' },
};
const cluster = { name: 'c1', pools: [1, 2] };

/**
 * What is plain Handlebars in our language: no function of ours, no value that strictness refuses. Two numbers never
 * stand side by side: without escaping Handlebars adds them up.
 */
const scalar = fc.constantFrom(
  'values.text',
  'cluster.name',
  'values.map.two',
  '@root.values.text',
  'values.list.[1].name',
  'this.cluster.name',
);
const any = fc.constantFrom(
  'values.yes',
  'values.no',
  'values.zero',
  'values.empty',
  'values.none',
  'values.list',
  'values.map',
  'values.text',
);
const gap = fc.constantFrom(
  '',
  ' ',
  '\n',
  '\n\n',
  '  - ',
  'a\n  ',
  '\n  ',
  '\r\n',
  '\\{{x}}',
  '{{! c }}',
  '{{!-- c --}}\n',
);
const tilde = fc.constantFrom('', '~');

const { template } = fc.letrec<{ template: string; part: string }>((tie) => ({
  template: fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
  part: fc.oneof(
    { depthSize: 'small' },
    gap,
    fc.tuple(tilde, scalar, tilde).map(([left, path, right]) => `{{${left}${path}${right}}}`),
    fc
      .tuple(fc.constantFrom('if', 'unless'), any, tie('template'), tie('template'), gap, tilde)
      .map(
        ([block, path, body, other, between, end]) =>
          `{{#${block} ${path}}}${between}${body}{{else}}${other}{{/${block}${end}}}${between}`,
      ),
    fc
      .tuple(any, tie('template'), any, tie('template'), gap)
      .map(
        ([first, body, second, other, between]) =>
          `{{#if ${first}}}${between}${body}{{else if ${second}}}${between}${other}{{/if}}`,
      ),
    fc
      .tuple(
        gap,
        gap,
        fc.constantFrom(
          '{{name}}',
          '{{@index}}{{../values.text}}',
          '{{#each tags}}{{this}}{{@first}}{{../name}}{{@../index}}{{/each}}',
          '{{@last}}',
        ),
      )
      .map(
        ([before, after, body]) =>
          `${before}{{#each values.list}}${after}${body}${after}{{else}}none{{/each}}${before}`,
      ),
    fc.constantFrom(
      '{{#each values.map as |v k|}}{{k}}={{v}},{{@key}}{{/each}}',
      '{{#each cluster.pools as |p at|}}\n{{at}}-{{p}}\n{{/each}}\n',
    ),
    fc.constantFrom(
      '{{#with values.map as |m|}}{{one}}{{m.two}}{{/with}}',
      '{{#with values.none}}x{{else}}y{{/with}}',
      '{{#with values.map}}{{../values.text}}{{@root.cluster.name}}{{/with}}',
    ),
  ),
}));

const root = (value: object) => ({ value: value as never, shape: anyShape, declaredBy: '', setBy: '' });
const context = {
  roots: { values: root(values), cluster: root(cluster), peer: root({}), component: root({}) },
  has: () => false,
  capability: () => false,
};

it('writes what Handlebars itself writes', () => {
  fc.assert(
    fc.property(template, (text) => {
      const parsed = parseTemplate('t.hbs', text);
      const { text: ours, diagnostics } = renderTemplate(parsed.template, context);
      expect([...parsed.diagnostics, ...diagnostics]).toEqual([]);
      expect(ours).toBe(Handlebars.compile(text, { noEscape: true, strict: true })({ values, cluster }));
    }),
    { numRuns: 1_000 },
  );
});

it('knows which characters of the template wrote which characters of the output', () => {
  fc.assert(
    fc.property(template, (text) => {
      const { text: written, pieces } = renderTemplate(parseTemplate('t.hbs', text).template, context);
      for (const [index, piece] of pieces.entries()) {
        const part = written.slice(piece.start, pieces[index + 1]?.start);
        const source = text.slice(piece.source.start, piece.source.end);
        if (piece.type === 'print') expect(source).toMatch(/^\{\{[\s\S]*\}\}$/);
        else if (part.trim() !== '' && !part.includes('{{')) expect(source).toBe(part);
      }
    }),
    { numRuns: 500 },
  );
});
