import { afterAll, describe, expect, it } from 'vitest';
import { createRenderer } from './index.ts';

const renderer = await createRenderer({ size: 1 });
afterAll(() => renderer.close());

const variable = (expression: string): string => `$\{${expression}}`;
const configMap = (value: string, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', ...metadata },
  data: { value },
});

describe('substitute', () => {
  it('substitutes in objects and in a YAML stream alike', async () => {
    const object = configMap(`${variable('name')} ${variable('size:=3')}`);
    const variables = { name: 'x' };
    const fromObjects = await renderer.substitute({ objects: [object, object], variables });
    const fromText = await renderer.substitute({
      yaml: `${JSON.stringify(object)}\n---\n${JSON.stringify(object)}\n`,
      variables,
    });
    expect(fromObjects).toEqual(fromText);
    expect(fromObjects.map((one) => one.object)).toEqual([configMap('x 3'), configMap('x 3')]);
  });

  it('fails on an unset variable unless told to be lenient', async () => {
    const objects = [configMap(variable('unset'))];
    const variables = { other: '1' };
    await expect(renderer.substitute({ objects, variables })).rejects.toMatchObject({
      fault: { kind: 'substitution', message: expect.stringContaining('"unset"') },
    });
    const [lenient] = await renderer.substitute({ objects, variables, strict: false });
    expect(lenient?.yaml).toContain('value: null\n');
  });

  it('does nothing without variables, unless told to do it always', async () => {
    const objects = [configMap(variable('a:=1st'))];
    expect((await renderer.substitute({ objects, variables: {} }))[0]?.object).toEqual(objects[0]);
    expect((await renderer.substitute({ objects, variables: {}, always: true }))[0]?.object).toEqual(configMap('1st'));
  });

  it('leaves objects alone that opt out', async () => {
    const optOut = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };
    const objects = [configMap(variable('x'), { annotations: optOut }), configMap(variable('x'), { labels: optOut })];
    const result = await renderer.substitute({ objects, variables: { x: '1' } });
    expect(result.map((one) => one.object)).toEqual(objects);
  });
});
