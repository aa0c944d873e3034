import { expect, test } from 'vitest';
import { loadSchemas } from '../src/load-schemas.ts';
import { compileSchema } from './compile-schema.ts';

const schema = loadSchemas({ kubernetesVersion: '1.36' }).schema('fluxcd.controlplane.io/v1', 'FluxInstance');
const distribution = {
  version: '2.9',
  registry: 'ghcr.io/fluxcd',
  artifact: 'oci://registry.example.com/manifests:v1',
};

/** Whether a FluxInstance with this spec is taken. */
function takes(spec: object): boolean {
  if (schema === undefined) throw new Error('FluxInstance has no schema');
  const object = { apiVersion: 'fluxcd.controlplane.io/v1', kind: 'FluxInstance', metadata: { name: 'flux' }, spec };
  return compileSchema(schema)(object) === true;
}

test.each<readonly [string, object, boolean]>([
  [
    'what its documentation shows',
    { distribution, components: ['source-controller'], cluster: { size: 'medium' } },
    true,
  ],
  ['a key misspelt', { dstribution: distribution }, false],
  ['a key misspelt beside the right one', { distribution, clustr: {} }, false],
  ['no registry', { distribution: { version: '2.9' } }, false],
  ['a component that does not exist', { distribution, components: ['sauce-controller'] }, false],
  ['a size that does not exist', { distribution, cluster: { size: 'huge' } }, false],
  [
    'an interval that is none',
    { distribution, sync: { kind: 'Bucket', url: 'a', ref: 'b', path: 'c', interval: '1' } },
    false,
  ],
])('FluxInstance: %s', (_what, spec, taken) => expect(takes(spec)).toBe(taken));
