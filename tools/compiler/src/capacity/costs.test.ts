import { expect, test } from 'vitest';
import { sampleCluster } from '../../test/sample-cluster.ts';
import { costsOf, sumCosts } from './costs.ts';

const { cluster } = sampleCluster('');
const priced = {
  ...cluster,
  spec: {
    ...cluster.spec,
    nodes: {
      pools: [
        { name: 'system', type: 's1', count: 3, cpu: 2, memory: '4Gi', price: { currency: 'EUR', month: 0.1 } },
        { name: 'work', count: 2, cpu: 2, memory: '4Gi' },
        { name: 'away', count: 0, cpu: 2, memory: '4Gi', price: { currency: 'EUR', month: 100 } },
      ],
    },
  },
  prices: [{ choice: 'loadBalancer', option: 'cloud', price: { currency: 'EUR', month: 5, upTo: 10 } }],
};

test('nodes and options are paid for, and pools without a price are named', () => {
  const { lines, unpriced } = costsOf(priced);
  expect(lines.map(({ title, count }) => `${count} ${title}`)).toEqual([
    '3 nodes of system (s1)',
    '1 loadBalancer cloud',
  ]);
  expect(unpriced).toEqual(['work']);
});

test('a sum has a least and a most, in hundredths', () => {
  expect(sumCosts(costsOf(priced).lines)).toEqual(new Map([['EUR', { least: 530, most: 1030 }]]));
});

test('two currencies are not added', () => {
  const line = (currency: string) => ({ title: currency, count: 1, price: { currency, month: 1 } });
  expect([...sumCosts([line('USD'), line('EUR')]).keys()]).toEqual(['EUR', 'USD']);
});
