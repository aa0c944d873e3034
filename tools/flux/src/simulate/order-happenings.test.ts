import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Happening, orderHappenings } from './order-happenings.ts';

/** Any graph: circles, needs that are not there, things that never happen by themselves. */
const graphs = fc.integer({ min: 1, max: 9 }).chain((count) =>
  fc
    .array(fc.record({ needs: fc.uniqueArray(fc.nat(count + 1), { maxLength: 3 }), blocked: fc.boolean() }), {
      minLength: count,
      maxLength: count,
    })
    .map(
      (list) =>
        new Map<string, Happening>(
          list.map(({ needs, blocked }, index) => [
            `n${index}`,
            {
              needs: needs.map((each) => `n${each}`),
              ...(blocked && index % 4 === 0 && { blocked: 'it is suspended' }),
            },
          ]),
        ),
    ),
);

/** The definition, without cleverness: happens what can, until nothing more can. */
function naive(happenings: ReadonlyMap<string, Happening>): ReadonlySet<string> {
  const done = new Set<string>();
  for (let round = 0; round <= happenings.size; round += 1) {
    for (const [name, { needs, blocked }] of happenings) {
      if (blocked === undefined && needs.every((need) => !happenings.has(need) || done.has(need))) done.add(name);
    }
  }
  return done;
}

test('exactly what can happen happens, each after all it needs', () => {
  fc.assert(
    fc.property(graphs, (happenings) => {
      const { order, never } = orderHappenings(happenings);
      const at = new Map(order.map((name, index) => [name, index]));
      expect(new Set(order)).toEqual(naive(happenings));
      expect(order.length).toBe(at.size);
      expect([...order, ...never.keys()].sort()).toEqual([...happenings.keys()].sort());
      for (const name of order) {
        for (const need of happenings.get(name)?.needs ?? []) {
          if (happenings.has(need)) expect(at.get(need)).toBeLessThan(at.get(name) ?? -1);
        }
      }
    }),
  );
});

test('what never happens has a true reason: it is blocked, round a circle, or behind another', () => {
  fc.assert(
    fc.property(graphs, (happenings) => {
      const { never } = orderHappenings(happenings);
      for (const [name, cause] of never) {
        const { needs, blocked } = happenings.get(name) ?? { needs: [] };
        if (cause.kind === 'blocked') expect(blocked).toBe(cause.why);
        else if (cause.kind === 'behind') {
          expect(needs).toContain(cause.first);
          expect(never.has(cause.first)).toBe(true);
        } else {
          expect(cause.around).toContain(name);
          for (const [index, each] of cause.around.entries()) {
            const next = cause.around[(index + 1) % cause.around.length] ?? '';
            expect(happenings.get(each)?.needs).toContain(next);
          }
        }
      }
    }),
  );
});
