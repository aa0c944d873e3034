import { expect, test } from 'vitest';
import { clockOf, observedPath } from './clock-of.ts';
import { deletionsOf, goneTooEarly } from './deletions.ts';
import { failuresOf, happeningsOf, tooEarly } from './happenings-of.ts';
import type { Condition, KubernetesObject } from './kubectl.ts';
import type { RecordedEvent } from './record.ts';

const applying: Condition = { type: 'Reconciling', status: 'True', message: 'Fetching manifests for revision main@1' };
const ready: Condition = { type: 'Ready', status: 'True' };

/** A run told as `begins name`, `ready name` in order, a second each; every node is applied by the root. */
function run(
  story: readonly string[],
  dependsOn: Readonly<Record<string, readonly string[]>> = {},
): readonly RecordedEvent[] {
  return story.map((line, index) => {
    const [verb, name = ''] = line.split(' ');
    const object: KubernetesObject = {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: {
        name,
        namespace: 'flux-system',
        labels: {
          'kustomize.toolkit.fluxcd.io/name': 'flux-system',
          'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
        },
        ...((verb === 'leaves' || verb === 'gone') && { deletionTimestamp: 'now' }),
      },
      spec: { dependsOn: (dependsOn[name] ?? []).map((each) => ({ name: each })) },
      status: { conditions: verb === 'begins' ? [applying] : verb === 'ready' ? [ready] : [] },
    };
    return { type: verb === 'gone' ? 'DELETED' : 'MODIFIED', object, version: index + 1, at: index };
  });
}
const key = (name: string): string => `flux-system/${name}`;
const needs = new Map([
  [`applied ${key('b')}`, { needs: [`ready ${key('a')}`] }],
  [`ready ${key('b')}`, { needs: [`applied ${key('b')}`] }],
]);

test('an order is judged by what came before what', () => {
  const good = happeningsOf(run(['begins a', 'ready a', 'begins b', 'ready b']));
  const bad = happeningsOf(run(['begins a', 'begins b', 'ready a', 'ready b']));
  const never = happeningsOf(run(['begins b', 'ready b']));
  const early = [`applied ${key('b')} before ready ${key('a')}`];
  expect(tooEarly(needs, good)).toEqual([]);
  expect(tooEarly(needs, bad)).toEqual(early);
  expect(tooEarly(needs, never)).toEqual(early);
});

test('a readiness of before does not count as one of the commit after it', () => {
  const events = run(['begins a', 'ready a', 'ready a', 'begins b', 'ready b']);
  expect([...happeningsOf(events, 2).keys()]).toEqual([`applied ${key('b')}`, `ready ${key('b')}`]);
});

test('the clock tells when each could begin, when it did, and the path back from the last', () => {
  const dependsOn = { b: ['a'], c: ['a'], d: ['b', 'c'] };
  const story = ['begins flux-system', 'begins a', 'ready flux-system', 'ready a', 'begins c', 'begins b', 'ready c'];
  const events = run([...story, 'ready b', 'begins d', 'ready d'], dependsOn);
  const clock = clockOf(events);
  expect([clock.free.get(key('b')), clock.began.get(key('b')), clock.ready.get(key('b'))]).toEqual([3, 5, 7]);
  expect(observedPath(events, clock)).toEqual(['a', 'b', 'd'].map(key));
});

test('waiting is no failure, and a failed apply is one', () => {
  const [event] = run(['begins a']);
  const saying = (reason: string, message: string): RecordedEvent[] => {
    const conditions = [{ type: 'Ready', status: 'False', reason, message }];
    return event ? [{ ...event, object: { ...event.object, status: { conditions } } }] : [];
  };
  expect(failuresOf(saying('DependencyNotReady', 'a is not ready'))).toEqual([]);
  expect(failuresOf(saying('ArtifactFailed', 'Source artifact not found, retrying in 2s'))).toEqual([]);
  expect(failuresOf(saying('ReconciliationFailed', 'no matches for kind'))).toHaveLength(1);
});

test('whoever is marked for deletion while another needs it goes too early', () => {
  const edges = new Map([['flux-system/b', ['flux-system/a']]]);
  const inOrder = deletionsOf(run(['leaves b', 'gone b', 'leaves a', 'gone a']), 0);
  const atOnce = deletionsOf(run(['leaves a', 'leaves b', 'gone b', 'gone a']), 0);
  const hanging = deletionsOf(run(['leaves a', 'gone a', 'leaves b']), 0);
  expect(goneTooEarly(edges, inOrder)).toEqual([]);
  expect(goneTooEarly(edges, atOnce)).toEqual(['flux-system/a before flux-system/b']);
  expect(goneTooEarly(edges, hanging)).toEqual(['flux-system/a before flux-system/b']);
});
