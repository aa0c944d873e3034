import { describe, expect, test } from 'vitest';
import { cluster, component, product, writeWorkspace } from '../../test/write-workspace.ts';
import { loadWorkspace } from '../load/load-workspace.ts';
import { resolveCluster } from './resolve-cluster.ts';

const choices = {
  provider: {
    options: {
      here: {},
      there: { maturity: 'coming', regions: ['north'], requires: { dns: ['theirs'] } },
    },
  },
  dns: { options: { ours: {}, theirs: {} } },
};

/** What is found of a cluster, and what it has. */
function resolved(spec: object, shop: object = {}) {
  const { value } = loadWorkspace(
    writeWorkspace({
      ...cluster('one', { provider: 'here', dns: 'ours', components: ['shop'], ...spec }),
      ...product('base', { mandatory: true, choices }),
      ...component('shop', shop),
      ...component('volumes', { maturity: 'coming', provides: { capabilities: ['storage'] } }),
    }),
  );
  const result = resolveCluster(value, 'one');
  return {
    found: result.diagnostics.map(({ code, message }) => `${code}: ${message}`),
    has: result.value?.components.map((each) => each.component.name),
  };
}

describe('a cluster that tries what is to come', () => {
  test('may choose an option that is coming', () => {
    const spec = { provider: 'there', dns: 'theirs', region: 'north' };
    expect(resolved(spec).found).toEqual([
      'resolve/choice-unavailable: cluster "one" chooses provider "there", which is not available yet',
    ]);
    expect(resolved({ ...spec, preview: true })).toEqual({ found: [], has: ['shop'] });
  });

  test('is held to the rules of the option all the same', () => {
    const { found } = resolved({ provider: 'there', region: 'south', preview: true });
    expect(found).toEqual([
      expect.stringContaining('resolve/choice-conflict'),
      'resolve/unknown-choice: cluster "one" has the region "south", which the provider "there" does not have',
    ]);
  });

  test('has components that are coming, also those that something requires', () => {
    const shop = { maturity: 'coming', requires: { capabilities: ['storage'] } };
    expect(resolved({}, shop).found).toEqual([
      'resolve/choice-unavailable: cluster "one" has the component "shop", which is not available yet',
    ]);
    expect(resolved({ preview: true }, shop)).toEqual({ found: [], has: ['shop', 'volumes'] });
  });

  test('is not one that says preview: false', () => {
    expect(resolved({ preview: false }, { maturity: 'coming' }).found).toHaveLength(1);
  });
});
