import fc from 'fast-check';
import { createRenderer } from 'flux-render-wasm';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { valueAt } from '../value/json-path.ts';
import { parseYaml } from './parse-yaml.ts';
import { quoting } from './quoting.ts';
import { readYaml } from './read-yaml.ts';

const awkward = `apiVersion: example.com/v1
kind: Any
metadata: {name: a}
base: &base {mode: 0444, flag: yes, mask: 0x1F}
spec:
  <<: *base
  flag: off
  day: 2026-01-02
  list: [0b11, 1_000, 1:30, ~, "0444", !!str 0444]
`;

test('a text for kustomize means what kustomize reads, merges included', async () => {
  const renderer = await createRenderer({ size: 1 });
  const files = { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': awkward };
  const { objects } = await renderer.build({ files });
  await renderer.close();
  const [document] = readYaml(awkward, 'kustomize').documents;
  expect(JSON.parse(JSON.stringify(document?.value))).toEqual(objects[0]?.object);
  expect(valueAt(document?.value ?? null, ['spec', 'mode'])).toBe(292);
});

test('in a text of ours all values that readers disagree on are faults, with what to write', () => {
  const { documents, faults } = readYaml(
    'mode: 0444\nflag: yes\nno: 1\nsame: [08, 1:30, "yes"]\n---\nday: 2026-01-02\n',
  );
  expect(documents).toEqual([]);
  expect(faults.map(({ message, help }) => `${message}; ${help}`)).toEqual([
    'YAML 1.2 reads 444 here, Kubernetes 292; write 292, 444 or "0444", whichever is meant',
    'YAML 1.2 reads the text "yes" here, Helm and kubectl true; write true or "yes", whichever is meant',
    'YAML 1.2 reads the text "no" here, Helm and kubectl the text "false"; write "false" or "no", whichever is meant',
    'YAML 1.2 reads the text "2026-01-02" here, Helm the text "2026-01-02", kustomize the text "2026-01-02T00:00:00Z"; write "2026-01-02" or "2026-01-02T00:00:00Z", whichever is meant',
  ]);
});

const deep = (levels: number) => `${'['.repeat(levels)}x${']'.repeat(levels)}`;
/** Each anchor nests the one before ten levels deeper than the text itself goes. */
const deepByAliases = `${Array.from({ length: 12 }, (_, at) => `a${at}: &a${at} ${'['.repeat(10)}${at === 0 ? 'x' : `*a${at - 1}`}${']'.repeat(10)}`).join('\n')}\n`;
const manyByAliases = `a: &a [${Array.from({ length: 99 }, () => 'x').join(', ')}]\nb: [${Array.from({ length: 120 }, () => '*a').join(', ')}]\n`;

test.each([
  ['plain', 'a: {b: [1, true, ~, "yes"]}\n'],
  ['an alias', 'a: &a {b: 1}\nc: *a\n'],
  ['an alias before its anchor', 'a: *a\nb: &a 1\n'],
  ['an alias of what holds it', 'a: &a [*a]\n'],
  ['aliases that make much', manyByAliases],
  ['nesting that is bounded', deep(100)],
  ['nesting without end', deep(101)],
  ['nesting by aliases', deepByAliases],
  ['a key twice', '{a: 1, "a": 2}\n'],
  ['a key that is a list', '? [a]\n: 1\n'],
  ['a merge', 'a: &a {b: 1}\nc: {<<: *a}\n'],
  ['half a character', 'a: "\\ud800"\n'],
  ['a number too large', 'a: 12345678901234567890\n'],
  ['an old octal', 'a: 0444\n'],
])('a manifest and a template hold the same, or neither is taken: %s', (_, text) => {
  const manifest = parseYaml('a.yaml', text);
  const { documents, faults } = readYaml(text);
  expect(faults.length > 0).toBe(manifest.value === undefined);
  expect(documents[0]?.value).toEqual(manifest.value?.value);
});

test('what any data is written as has one value for a manifest and a template, at one place', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (data) => {
      const text = stringify(data, { compat: quoting });
      const manifest = parseYaml('a.yaml', text).value;
      const [document] = readYaml(text).documents;
      expect(document?.value).toEqual(manifest?.value);
      for (const key of Object.keys(document?.value ?? {})) {
        const start = document?.position.children?.get(key)?.start ?? 0;
        const lines = text.slice(0, start).split('\n');
        const span = manifest?.locate([key]).start;
        expect({ line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }).toEqual(span);
      }
    }),
  );
});
