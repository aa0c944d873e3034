import { expect, test } from 'vitest';
import { checkFleet } from './check-fleet.ts';
import type { ClusterFacts } from './cluster-facts.ts';

const span = (cluster: string, line: number) => ({
  file: `clusters/${cluster}/cluster.yaml`,
  start: { line, column: 1 },
});

function facts(
  cluster: string,
  more: Partial<ClusterFacts> & { id?: string; domain?: string; pods?: string } = {},
): ClusterFacts {
  const { id, domain = `${cluster}.example.com`, pods = '10.42.0.0/16', ...others } = more;
  return {
    cluster,
    target: {
      cluster,
      url: 'https://git.example.com/fleet.git',
      branch: 'main',
      path: `clusters/${cluster}`,
      span: span(cluster, 1),
    },
    networks: [{ what: 'pod network', cidr: pods, span: span(cluster, 2) }],
    own: [
      { what: 'domain', value: domain, scope: 'fleet', span: span(cluster, 3) },
      ...(id === undefined ? [] : [{ what: 'net id', value: id, scope: 'pair' as const, span: span(cluster, 4) }]),
    ],
    ...others,
  };
}

function said(...fleet: readonly ClusterFacts[]): readonly string[] {
  return checkFleet(fleet).map(({ code, cluster, primary }) => `${code} ${cluster}:${primary?.start?.line}`);
}

test('clusters that have nothing in common are good', () => {
  expect(said(facts('a', { id: '1' }), facts('b', { id: '2' }))).toEqual([]);
});

test('a domain belongs to one cluster, whether the others know it or not, and in any case of letters', () => {
  expect(said(facts('a', { domain: 'x.org' }), facts('b'), facts('c', { domain: 'X.org' }))).toEqual([
    'fleet/duplicate-value a:3',
    'fleet/duplicate-value c:3',
  ]);
});

test('a value of a pair is refused in the pair, and a hint among others, once for all of them', () => {
  const pair = [facts('a', { id: '1', peer: 'b', pods: '10.1.0.0/16' }), facts('b', { id: '1', peer: 'a' })];
  expect(said(...pair)).toEqual(['fleet/duplicate-value a:4', 'fleet/duplicate-value b:4']);
  const strangers = ['c', 'd', 'e', 'f', 'g', 'h'].map((name) => facts(name, { id: '1' }));
  expect(said(...strangers)).toEqual(['fleet/common-value c:4']);
  expect(checkFleet(strangers)[0]?.message).toBe('clusters "c", "d", "e", "f" and 2 more have the same net id: 1');
});

test('where there are fewer values than clusters, all that are shared are one hint', () => {
  const fleet = Array.from({ length: 12 }, (_, at) => facts(`c${at + 10}`, { id: String((at % 5) + 1) }));
  expect(checkFleet(fleet).map(({ message }) => message)).toEqual([
    '12 clusters share 5 values of net id: "c10", "c15" and "c20" have 1',
  ]);
});

test('networks of a pair are held against each other once both name each other', () => {
  expect(said(facts('a'), facts('b'))).toEqual([]);
  expect(said(facts('a', { peer: 'b' }), facts('b'))).toEqual([]);
  expect(said(facts('a', { peer: 'b' }), facts('b', { peer: 'a' }))).toEqual([
    'fleet/overlapping-network a:2',
    'fleet/overlapping-network b:2',
  ]);
  expect(
    said(facts('a', { peer: 'b', pods: '10.0.0.0/8' }), facts('b', { peer: 'a', pods: '10.3.4.0/24' })),
  ).toHaveLength(2);
  expect(said(facts('a', { peer: 'b', pods: '10.1.0.0/16' }), facts('b', { peer: 'a', pods: '10.2.0.0/16' }))).toEqual(
    [],
  );
  expect(said(facts('a', { peer: 'b', pods: '999.0.0.0/99' }), facts('b', { peer: 'a' }))).toEqual([]);
});

test('a folder belongs to one cluster: each that shares it is told', () => {
  const shared = (cluster: string) =>
    facts(cluster, {
      target: { cluster, url: 'https://git.example.com/fleet', branch: 'main', path: 'all', span: span('x', 1) },
    });
  expect(said(shared('a'), shared('b'), facts('c')).toSorted()).toEqual([
    'fleet/shared-folder a:1',
    'fleet/shared-folder b:1',
  ]);
});
