import { buildFault, engineLimit } from '@fluxwright/flux';
import { EngineError } from 'flux-render-wasm';
import { afterAll, expect, test } from 'vitest';
import { chartsAtHand } from '../../test/charts-at-hand.ts';
import { validateCluster } from '../validate/validate-cluster.ts';
import type { Engines } from './engines.ts';

const { chart, run, engines, close } = chartsAtHand();
afterAll(close);

const timeout = () => new EngineError('timeout', 'the request took longer than 60000 ms');

test('time, memory and size are limits of an input; anything else is not', () => {
  expect(engineLimit(timeout())).toBe('the request took longer than 60000 ms');
  expect(engineLimit(new EngineError('closed', 'the pool is closed'))).toBeUndefined();
  expect(engineLimit(new TypeError('x'))).toBeUndefined();
});

test('a folder that kustomize does not finish is a finding at the folder', () => {
  expect(
    buildFault(timeout(), () => ({ span: { file: 'components/web/kustomize/kustomization.yaml' } })),
  ).toMatchObject({
    code: 'render/invalid-kustomization',
    message: 'kustomize cannot build components/web/kustomize: the request took longer than 60000 ms',
  });
  expect(() => buildFault(new TypeError('x'), () => ({ span: { file: '' } }))).toThrow(TypeError);
});

test('objects that kubeconform does not finish, and folders of the tree, are findings of the cluster', async () => {
  const { rendered } = await run(chart({}), {
    files: { 'install/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' },
  });
  const late: Engines = {
    ...engines,
    schemas: {
      ...engines.schemas,
      forKubernetes: (version) => ({
        ...engines.schemas.forKubernetes(version),
        judge: () => Promise.reject(timeout()),
      }),
    },
    render: { ...engines.render, build: () => Promise.reject(timeout()) },
    verdicts: { get: () => undefined, set: () => undefined, save: () => undefined },
  };
  const found = await validateCluster(rendered, late);
  expect(found).toMatchObject([
    {
      code: 'validate/schema',
      message:
        'the objects of the cluster "one" could not be held against their schemas: the request took longer than 60000 ms',
      primary: { file: 'clusters/one/cluster.yaml' },
      cluster: 'one',
    },
  ]);
});
