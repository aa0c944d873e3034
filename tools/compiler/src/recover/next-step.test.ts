import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextStep, type PairParts, type Recovery } from './next-step.ts';
import { type PairPart, partOf, readPart } from './pair-part.ts';

const services = ['shop/db', 'shop/cache', 'mail/box'] as const;
const part = (said: Parameters<typeof readPart>[0]): PairPart => readPart(said);
const primary = part({ role: 'primary' });
const standby = part({ role: 'standby' });

function expectSafe(north: PairPart, south: PairPart): void {
  const leaves = north.switching || south.switching;
  for (const key of [...services, 'other/one']) {
    const primaries = [north, south].filter((each) => partOf(each, key) === 'primary').length;
    expect([1, leaves ? 0 : 1]).toContain(primaries);
  }
  // What resolve holds a pair against: both are standby only while one hands over.
  if (north.role === south.role) expect([north.role, leaves]).toEqual(['standby', true]);
}

/** The steps of one command until it has nothing to do, with both parts after each. */
function run(start: PairParts, recovery: Recovery): readonly (readonly [string, PairParts])[] {
  const steps: [string, PairParts][] = [];
  let parts = start;
  for (let count = 0; count < 9; count += 1) {
    const next = nextStep(parts, recovery);
    if (next.is !== 'step') return steps;
    parts = next.parts;
    steps.push([next.name, parts]);
  }
  throw new Error('it never ends');
}

it('a switchover demotes, promotes with what was left, and settles; the way back is the same', () => {
  const demoted = nextStep({ from: primary, to: standby }, { how: 'switchover' });
  expect(demoted).toEqual({
    is: 'step',
    name: 'demote',
    parts: { from: { ...standby, switching: true }, to: standby },
  });
  const tokens = { 'shop/db': 'last-word' };
  const waiting = { from: { ...standby, switching: true }, to: standby };
  const promoted = { from: standby, to: { ...primary, tokens } };
  expect(nextStep(waiting, { how: 'switchover', tokens })).toEqual({ is: 'step', name: 'promote', parts: promoted });
  const settled = { from: standby, to: primary };
  expect(nextStep(promoted, { how: 'switchover' })).toEqual({ is: 'step', name: 'settle', parts: settled });
  expect(nextStep(settled, { how: 'switchover' })).toEqual({ is: 'done' });
  const back = run({ from: primary, to: standby }, { how: 'switchover' });
  expect(back.map(([name]) => name)).toEqual(['demote', 'promote']);
  expect(back.at(-1)?.[1]).toEqual({ from: standby, to: primary });
});

it('one service goes over alone', () => {
  const steps = run({ from: primary, to: standby }, { how: 'switchover', service: 'shop/db' });
  expect(steps).toEqual([
    ['demote', { from: { ...primary, services: { 'shop/db': 'standby' }, switching: true }, to: standby }],
    [
      'promote',
      {
        from: { ...primary, services: { 'shop/db': 'standby' } },
        to: { ...standby, services: { 'shop/db': 'primary' } },
      },
    ],
  ]);
});

it('while one service is handed over, no other one is', () => {
  const [[, parts] = ['', undefined]] = run({ from: primary, to: standby }, { how: 'switchover', service: 'shop/db' });
  if (parts === undefined) throw new Error('no step');
  expect(nextStep(parts, { how: 'switchover', service: 'mail/box' })).toEqual({ is: 'refused', why: 'handing over' });
  expect(nextStep(parts, { how: 'switchover' })).toEqual({ is: 'refused', why: 'handing over' });
});

it('tokens are for a promotion alone', () => {
  const tokens = { 'shop/db': 'x' };
  for (const how of ['switchover', 'failover'] as const)
    expect(nextStep({ from: primary, to: standby }, { how, tokens })).toEqual({ is: 'refused', why: 'no tokens now' });
});

it('whatever is done in whatever order, no service has two primaries, and none has no primary but while one hands over', () => {
  const command = fc.record({
    swapped: fc.boolean(),
    how: fc.constantFrom<Recovery['how']>('switchover', 'switchover', 'failover'),
    service: fc.option(fc.constantFrom(...services), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      let north = primary;
      let south = standby;
      for (const { swapped, how, service } of commands) {
        const now = swapped ? { from: south, to: north } : { from: north, to: south };
        const next = nextStep(now, { how, ...(service && { service }) });
        if (next.is !== 'step') continue;
        [north, south] = swapped ? [next.parts.to, next.parts.from] : [next.parts.from, next.parts.to];
        expectSafe(north, south);
      }
    }),
    { numRuns: 500 },
  );
});

it('from wherever it stands, a failover makes one side primary of all at once', () => {
  const role = fc.constantFrom<'primary' | 'standby'>('primary', 'standby');
  const any = fc
    .record({ role, services: fc.dictionary(fc.constantFrom(...services), role), switching: fc.boolean() })
    .map((each) => part(each));
  fc.assert(
    fc.property(any, any, (from, to) => {
      const steps = run({ from, to }, { how: 'failover' });
      expect(steps.length).toBeLessThanOrEqual(1);
      for (const [, parts] of steps) expect(parts).toEqual({ from: standby, to: primary });
    }),
  );
});
