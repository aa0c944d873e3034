import { describe, expect, it } from 'vitest';
import { cluster, component, type Files, product, writeWorkspace } from '../../test/write-workspace.ts';
import { loadWorkspace } from '../load/load-workspace.ts';
import type { Workspace } from '../load/workspace.ts';
import { edgesOf } from './edges-of.ts';
import { resolveCluster } from './resolve-cluster.ts';

const load = (files: Files): Workspace => loadWorkspace(writeWorkspace(files)).value;
const edges = (workspace: Workspace) =>
  edgesOf(workspace).map(({ from, to }) => `${from.kind} ${from.name} → ${to.kind} ${to.name}`);

const provider = { options: { hetzner: {}, own: {} } };
const files = {
  ...product('base', {
    mandatory: true,
    components: [{ name: 'net' }, { name: 'cloud' }, { name: 'later' }],
    choices: { provider },
    requires: { products: ['data'] },
  }),
  ...product('data', { components: [{ name: 'db' }] }),
  ...component('net', { requires: { components: ['crds'] } }),
  ...component('crds'),
  ...component('cloud', { choices: { provider: ['hetzner'] } }),
  ...component('later', { maturity: 'coming' }),
  ...component('db', { requires: { capabilities: ['storage'] } }),
  ...component('csi', { provides: { capabilities: ['storage'] }, choices: { provider: ['hetzner'] } }),
  ...component('local', { provides: { capabilities: ['storage'] }, choices: { provider: ['own'] } }),
  ...component('shop'),
  ...cluster('one', { provider: 'hetzner', disasterRecovery: { role: 'primary', peer: 'two' } }),
  ...cluster('two', { provider: 'own', components: ['shop'], disasterRecovery: { role: 'standby', peer: 'one' } }),
};

describe('edgesOf', () => {
  it('hangs what depends on choices, provides a capability or comes à la carte on the clusters that have it', () => {
    expect(edges(load(files))).toEqual([
      'cluster one → cluster two',
      'cluster one → component cloud',
      'cluster one → component csi',
      'cluster one → product base',
      'cluster one → product data',
      'cluster two → cluster one',
      'cluster two → component local',
      'cluster two → component shop',
      'cluster two → product base',
      'cluster two → product data',
      'component net → component crds',
      'product base → component net',
      'product base → product data',
      'product data → component db',
    ]);
  });

  it('reaches from a cluster exactly the components that it resolves to', () => {
    const workspace = load(files);
    for (const name of ['one', 'two']) {
      const reached = new Set([`cluster ${name}`]);
      for (const node of reached) {
        for (const { from, to } of edgesOf(workspace))
          if (to.kind !== 'cluster' && `${from.kind} ${from.name}` === node) reached.add(`${to.kind} ${to.name}`);
      }
      const has = resolveCluster(workspace, name).value?.components.map((each) => `component ${each.component.name}`);
      expect([...reached].filter((node) => node.startsWith('component ')).sort()).toEqual(has);
    }
  });

  it('points a cluster that cannot be resolved at the whole catalogue', () => {
    const workspace = load({ ...files, ...cluster('three', { components: ['gone'], provider: 'own' }) });
    const three = edges(workspace).filter((each) => each.startsWith('cluster three'));
    expect(three.length).toBe(workspace.components.size + workspace.products.size);
  });
});
