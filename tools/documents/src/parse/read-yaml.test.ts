import { createRenderer } from 'flux-render-wasm';
import { expect, test } from 'vitest';
import { valueAt } from '../value/json-path.ts';
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
