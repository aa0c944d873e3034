import { expect, it } from 'vitest';
import { didYouMean, misspelt, suggest } from './suggest.ts';

it('finds the name that was meant', () => {
  expect(didYouMean('promtheus', ['grafana', 'prometheus', 'loki'])).toBe('did you mean "prometheus"?');
});

it('reads camelCase and kebab-case as one', () =>
  expect(suggest('load-balancer', ['loadBalancer'])).toEqual(['loadBalancer']));

it('sees letters in the wrong order', () => expect(suggest('wbe', ['api', 'web'])).toEqual(['web']));

it('gives at most three, best first, then by name', () => {
  expect(suggest('node1', ['node4', 'node3', 'node2', 'node', 'nodes1'])).toEqual(['node', 'node2', 'node3']);
});

it('says nothing where no candidate is near', () => expect(didYouMean('kafka', ['minio', 'valkey'])).toBeUndefined());

it('takes an unknown name for a slip of one that is missing, and each missing name once', () => {
  expect([...misspelt(['nam', 'colour', 'namee'], ['name', 'size'])]).toEqual([['nam', 'name']]);
});
