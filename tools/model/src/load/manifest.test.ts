import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { manifest } from '../../test/write-workspace.ts';
import { type ManifestKind, readManifest } from './manifest.ts';

const kinds: readonly ManifestKind[] = ['component', 'product', 'cluster', 'cluster-defaults'];

it('explains any wrong manifest with a place in it', () => {
  const keys = [
    'title',
    'helm',
    'requires',
    'choices',
    'provides',
    'components',
    'capabilities',
    'name',
    'options',
    'values',
    'nodes',
    'pools',
    'git',
    'x',
  ];
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(1, true, null, 'web', ''),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  const spec = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 5 });
  fc.assert(
    fc.property(fc.constantFrom(...kinds), spec, (kind, each) => {
      const result = readManifest(kind, 'x.yaml', stringify(manifest('Component', 'web', each)));
      expect(result.value === undefined).toBe(result.diagnostics.length > 0);
      for (const { primary } of result.diagnostics) expect(primary?.start).toBeDefined();
    }),
    { numRuns: 500 },
  );
});
