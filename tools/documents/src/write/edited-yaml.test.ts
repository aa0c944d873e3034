import { expect, test } from 'vitest';
import { editedYaml } from './edited-yaml.ts';

test.each([
  ['without spaces in brackets', '# Why\nspec:\n  a: {b: [1]} # as it is\n  list: [one]\n', '[one, two]'],
  ['with spaces in brackets', '# Why\nspec:\n  a: { b: [ 1 ] } # as it is\n  list: [ one ]\n', '[ one, two ]'],
  ['of one line', '{ spec: { list: [ one ] } }\n', '[ one, two ] } }'],
])('changes one line of a text %s', (_, text, list) => {
  const edited = editedYaml(text, (document) => document.addIn(['spec', 'list'], 'two'));
  expect(edited).toBe(text.replace(/list: .*/, `list: ${list}`));
});

test('long lines are not folded', () => {
  const text = `a: ${'word '.repeat(60)}end\n`;
  expect(editedYaml(text, (document) => document.set('b', 1))).toBe(`${text}b: 1\n`);
});

test('what is no YAML is left to the one who asked', () => {
  expect(editedYaml('a: [', () => {})).toBeUndefined();
});
