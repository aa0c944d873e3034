import { maskSecrets } from '@fluxwright/diagnostics';
import { describe, expect, it } from 'vitest';
import { cluster, component, type Files, product, writeWorkspace } from '../../test/write-workspace.ts';
import { checkComponent } from '../load/check-component.ts';
import { loadWorkspace } from '../load/load-workspace.ts';
import { resolveCluster } from './resolve-cluster.ts';

const number = { type: 'integer', minimum: 1, description: 'How many.' };
const properties = {
  size: number,
  parts: {
    type: 'object',
    additionalProperties: false,
    description: 'Its parts.',
    properties: { left: number, right: number },
  },
};
const app = component('app', {}, { properties, values: { size: 1, parts: { left: 1, right: 1 } } });
const profile = { options: { small: {}, standard: {}, large: {} } };
const site = { optional: true, options: { here: {}, there: {} } };
const base = (options: object = {}) =>
  product('base', { mandatory: true, components: [{ name: 'app' }], choices: { profile, site, ...options } });

function resolveWith(files: Files, spec: object = {}) {
  const { value, diagnostics } = loadWorkspace(
    writeWorkspace({ ...app, ...base(), ...cluster('one', { components: ['app'], ...spec }), ...files }),
  );
  const resolved = resolveCluster(value, 'one');
  const values = resolved.value?.components[0]?.values;
  return {
    found: [...diagnostics, ...resolved.diagnostics].map(({ code }) => code),
    value: values && JSON.parse(JSON.stringify(values.value)),
    fileOf: (key: string) => values?.originsOf([key])[0]?.file,
    workspace: value,
  };
}

describe('the values of a component', () => {
  const answer: Files = { 'components/app/values.profile.small.yaml': { size: 2, parts: { left: 2 } } };

  it('are its answer to what the cluster chose over its defaults', () => {
    const { value, fileOf } = resolveWith(answer, { profile: 'small' });
    expect(value).toEqual({ size: 2, parts: { left: 2, right: 1 } });
    expect(fileOf('size')).toBe('components/app/values.profile.small.yaml');
  });

  it('are its defaults under every other option', () => {
    expect(resolveWith(answer).value).toEqual({ size: 1, parts: { left: 1, right: 1 } });
    expect(resolveWith(answer, { profile: 'large' }).value).toMatchObject({ size: 1 });
  });

  it('take answers to choices that stand below spec.choices', () => {
    const files = { 'components/app/values.site.here.yaml': { size: 3 } };
    expect(resolveWith(files, { choices: { site: 'here' } }).value).toMatchObject({ size: 3 });
    expect(resolveWith(files).value).toMatchObject({ size: 1 });
  });

  it('rise from the component over products and their options to the fleet and the cluster', () => {
    const layers: Files[] = [
      answer,
      product('base', { mandatory: true, components: [{ name: 'app', values: { size: 3 } }], choices: { profile } }),
      product('base', {
        mandatory: true,
        components: [{ name: 'app', values: { size: 3 } }],
        choices: { profile: { options: { ...profile.options, small: { values: { app: { size: 4 } } } } } },
      }),
      {
        'clusters/defaults.yaml': {
          apiVersion: 'fluxwright.dev/v1',
          kind: 'ClusterDefaults',
          metadata: { name: 'defaults' },
          spec: { values: { app: { size: 5 } } },
        },
      },
      cluster('one', { components: ['app'], profile: 'small', values: { app: { size: 6 } } }),
    ];
    const sizes = layers.map((_, index) => {
      const files = Object.assign(
        {},
        cluster('one', { components: ['app'], profile: 'small' }),
        ...layers.slice(0, index + 1),
      );
      return resolveWith(files).value.size;
    });
    expect(sizes).toEqual([2, 3, 4, 5, 6]);
  });

  it('are refused where two answers differ, but for what one of them alone says', () => {
    const both = { ...answer, 'components/app/values.site.here.yaml': { size: 3, parts: { left: 2, right: 9 } } };
    const chosen = { profile: 'small', choices: { site: 'here' } };
    expect(resolveWith(both, chosen).found).toEqual(['resolve/ambiguous-value']);
    const decided = resolveWith(both, { ...chosen, values: { app: { size: 7 } } });
    expect(decided).toMatchObject({ found: [], value: { size: 7, parts: { left: 2, right: 9 } } });
  });

  it('are refused where two products differ, whichever comes first by name', () => {
    const files = (second: number) => ({
      ...product('base', { mandatory: true, components: [{ name: 'app', values: { size: 3 } }] }),
      ...product('more', { mandatory: true, components: [{ name: 'app', values: { size: second } }] }),
    });
    expect(resolveWith(files(4)).found).toEqual(['resolve/ambiguous-value']);
    expect(resolveWith(files(3)).found).toEqual([]);
  });
});

describe('an answer', () => {
  it('keeps the schema, whether a cluster chose its option or not', () => {
    const { workspace, found } = resolveWith({ 'components/app/values.profile.small.yaml': 'parts:\n  left: 0\n' });
    expect(found).toEqual([]);
    const component = workspace.components.get('app');
    expect(component && checkComponent(component)).toMatchObject([
      {
        code: 'resolve/invalid-value',
        primary: { file: 'components/app/values.profile.small.yaml', start: { line: 2 } },
      },
    ]);
  });

  it('is masked where the schema says that it is secret', () => {
    const secret = { token: { type: 'string', description: 'A token.', 'x-fluxwright-secret': true } };
    resolveWith({
      ...component('app', {}, { properties: secret }),
      'components/app/values.profile.small.yaml': { token: 'an-answer-nobody-may-read' },
    });
    expect(maskSecrets('it is an-answer-nobody-may-read')).not.toContain('nobody-may-read');
  });

  it('of an installed component may be to a choice that nobody makes here', () => {
    const folder = 'node_modules/@x/app';
    const files: Files = {
      ...component('far', {}, { properties, folder }),
      [`${folder}/values.moon.full.yaml`]: { size: 2 },
      [`${folder}/package.json`]: { name: '@x/app', version: '1.0.0', fluxwright: { component: '.' } },
      'package.json': { dependencies: { '@x/app': '1.0.0' } },
    };
    expect(resolveWith(files, { components: ['app', 'far'] }).found).toEqual([]);
    expect(resolveWith({ 'components/app/values.moon.full.yaml': { size: 2 } }).found).toEqual([
      'resolve/unknown-choice',
    ]);
  });

  it('may be shared by products that each say a part of a choice', () => {
    const files = {
      ...base(),
      ...product('aside', {
        mandatory: true,
        components: [{ name: 'app' }],
        choices: { profile: { options: { small: { values: { app: { size: 8 } } } } } },
      }),
    };
    expect(resolveWith(files, { profile: 'small' })).toMatchObject({ found: [], value: { size: 8 } });
    expect(resolveWith(files, { profile: 'large' })).toMatchObject({ found: [], value: { size: 1 } });
  });
});
