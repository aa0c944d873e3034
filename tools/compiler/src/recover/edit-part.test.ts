import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { editPart } from './edit-part.ts';
import { type PairPart, readPart } from './pair-part.ts';

const blocks = `# yaml-language-server: $schema=x
apiVersion: fluxwright.dev/v1
kind: Cluster
metadata:
  name: north
spec:
  nodes: { pools: [{name: a,   count: 3}] }  # kept as it is
  # Why it is so.
  disasterRecovery:
    # Since the move.
    role: primary # for now
    peer: south
    sources: [198.51.100.0/24] # networks
    services:
      shop/db: standby # never mind
      mail/box: standby

  # Of the cluster.
  domain: north.example.com
`;
const flow = 'spec:\n  a: { b:   1 }\n  disasterRecovery: {role: primary, peer: south}  # both\n  z: 1\n';
const standby: PairPart = { role: 'standby', services: {}, switching: true, tokens: {} };

it('changes nothing but what is said of the part', () => {
  expect(editPart(blocks, { ...standby, services: { 'shop/db': 'primary' } })).toBe(
    blocks
      .replace('role: primary', 'role: standby')
      .replace(
        '      shop/db: standby # never mind\n      mail/box: standby\n',
        '      shop/db: primary # never mind\n    switching: true\n',
      ),
  );
  expect(editPart(flow, standby)).toBe(
    flow.replace('{role: primary, peer: south}', '{role: standby, peer: south, switching: true}'),
  );
});

it('the way back gives the same text', () => {
  const there = editPart(flow, standby) ?? '';
  expect(editPart(there, readPart(parse(flow).spec.disasterRecovery))).toBe(flow);
});

it('what clusters/defaults.yaml says is not edited', () => {
  expect(editPart('spec:\n  domain: a\n', standby)).toBeUndefined();
});

it('any part can be said in any of these texts, and is read back', () => {
  const role = fc.constantFrom<'primary' | 'standby'>('primary', 'standby');
  const key = fc.constantFrom('shop/db', 'mail/box', 'a/b');
  const any = fc
    .record({
      role,
      services: fc.dictionary(key, role),
      switching: fc.boolean(),
      tokens: fc.dictionary(key, fc.string({ minLength: 1, unit: fc.constantFrom('a', '1', ':', ' ', '=', '#', '"') })),
    })
    .map((each) => readPart(each));
  fc.assert(
    fc.property(fc.constantFrom(blocks, flow), fc.array(any, { minLength: 1, maxLength: 4 }), (text, parts) => {
      const last = parts.reduce<string>((now, each) => editPart(now, each) ?? '', text);
      expect(readPart(parse(last).spec.disasterRecovery)).toEqual(parts.at(-1));
      const { disasterRecovery: _, ...others } = parse(text).spec;
      const { disasterRecovery: said, ...kept } = parse(last).spec;
      expect([kept, said.peer, said.sources]).toEqual([others, 'south', parse(text).spec.disasterRecovery.sources]);
    }),
    { numRuns: 40 },
  );
});
