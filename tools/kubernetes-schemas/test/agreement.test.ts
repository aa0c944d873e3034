import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CustomResourceDefinition } from '../src/convert-crd.ts';
import type { JsonSchema } from '../src/json-schema.ts';
import { loadSchemas } from '../src/load-schemas.ts';
import { readManifest } from '../src/read-manifest.ts';
import known from './differences.json' with { type: 'json' };
import { findDifferences, type Oracle } from './find-differences.ts';
import { firstError } from './first-error.ts';
import { hasReference, readCatalogue, readChartCrds, readChartReleases } from './reference.ts';
import { resetStatus } from './reset-status.ts';
import { serverVerdict } from './server-verdict.ts';

// differences.json names every difference with its cause. UPDATE_DIFFERENCES=1 writes what is found, the new ones with
// the cause "unexplained", which the last test refuses.

type Listed = Record<string, Record<string, string>>;

const ours = loadSchemas({ kubernetesVersion: '1.37' });
const found: { server: Listed; catalogue: Listed } = { server: {}, catalogue: {} };
const MINUTES = 60_000;

describe.skipIf(!hasReference)('against the reference data beside the project (skipped where it is absent)', () => {
  const crds = hasReference ? readChartCrds() : [];

  test('each custom resource of the reference charts has a schema or a reason', () => {
    const excused = readManifest().unavailable.flatMap((entry) => entry.groups);
    const missing = served(crds)
      .filter(({ apiVersion, kind }) => ours.describe(apiVersion, kind) === undefined)
      .filter(
        ({ apiVersion, kind }) =>
          !excused.includes(apiVersion.split('/')[0] as string) && !excused.includes(`${apiVersion}/${kind}`),
      )
      .map(({ apiVersion, kind }) => `${apiVersion}/${kind}`);
    expect(missing.sort()).toEqual([]);
  });

  test('each group of the catalogue has a schema or a reason', () => {
    const excused = readManifest().unavailable.flatMap((entry) => entry.groups);
    const groups = new Set([...readCatalogue().keys()].map((key) => key.split('/')[0] as string));
    const known = new Set(ours.listKinds().map(({ apiVersion }) => apiVersion.split('/')[0]));
    expect([...groups].filter((group) => !known.has(group) && !excused.includes(group))).toEqual([]);
  });

  test.each(readChartReleases())(
    'the manifest says where $chart $release is not what the schemas are of',
    ({ release, kinds }) => {
      const sources = kinds.map(({ apiVersion, kind }) => ours.describe(apiVersion, kind)?.source);
      for (const source of new Set(sources.filter((each) => each !== undefined))) {
        const told = source.installed?.release ?? source.release ?? source.version;
        expect.soft(told.replace(/^v/, ''), source.module).toBe(release.replace(/^v/, ''));
      }
    },
  );

  test('agrees with the API server on the definitions of the reference charts', { timeout: 10 * MINUTES }, () => {
    for (const { apiVersion, kind, scope, structural } of served(crds)) {
      if (ours.describe(apiVersion, kind) === undefined) continue;
      expect.soft(ours.scopeOf(apiVersion, kind), `scope of ${apiVersion}/${kind}`).toBe(scope);
      judge(apiVersion, kind, {
        name: 'server',
        schema: structural,
        knowsNull: true,
        verdict: (rules, object) => serverVerdict(structural, rules, object),
      });
    }
    expectListed('server');
  });

  test('agrees with the catalogue of strict schemas', { timeout: 10 * MINUTES }, () => {
    const catalogue = readCatalogue();
    for (const { apiVersion, kind } of ours.listKinds()) {
      const told = catalogue.get(`${apiVersion}/${kind.toLowerCase()}`);
      if (told === undefined) continue;
      // The catalogue does not tell which kinds have a status of their own; most do.
      judge(apiVersion, kind, {
        name: 'catalogue',
        schema: resetStatus(told),
        knowsNull: false,
        verdict: (rules, object) => (rules(object) ? undefined : firstError(rules)),
      });
    }
    expectListed('catalogue');
  });

  test('every listed difference has a cause that is told, and every cause is used', () => {
    const used = [known.server, known.catalogue].flatMap((kinds) =>
      Object.values(kinds as Listed).flatMap(Object.values),
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(known.causes).sort());
  });

  test('a difference for another release is one of a kind whose source names that release', () => {
    const kinds = [known.server, known.catalogue].flatMap((listed) =>
      Object.entries(listed as Listed).flatMap(([key, differences]) =>
        Object.values(differences).includes('other-release') ? key : [],
      ),
    );
    const named = kinds.filter((key) => {
      const cut = key.lastIndexOf('/');
      return ours.describe(key.slice(0, cut), key.slice(cut + 1))?.source.installed !== undefined;
    });
    expect(named).toEqual(kinds);
  });
});

function served(crds: readonly CustomResourceDefinition[]) {
  return crds.flatMap(({ spec }) =>
    spec.versions
      .filter((version) => version.served)
      .map((version) => ({
        apiVersion: `${spec.group}/${version.name}`,
        kind: spec.names.kind,
        scope: spec.scope,
        structural: storedRules(version),
      })),
  );
}

function storedRules({ schema, subresources }: CustomResourceDefinition['spec']['versions'][number]): JsonSchema {
  const structural = schema?.openAPIV3Schema ?? {};
  return subresources?.status === undefined ? structural : resetStatus(structural);
}

function judge(apiVersion: string, kind: string, oracle: Oracle): void {
  const schema = ours.schema(apiVersion, kind) as JsonSchema;
  const identity = { apiVersion, kind, metadata: { name: 'example' } };
  const { differences, accepted, refused } = findDifferences(schema, oracle, identity);
  expect.soft(Math.min(accepted, refused), `${apiVersion}/${kind}: examples of both verdicts`).toBeGreaterThan(0);
  if (differences.length === 0) return;
  const listed = (known[oracle.name] as Listed)[`${apiVersion}/${kind}`] ?? {};
  found[oracle.name][`${apiVersion}/${kind}`] = Object.fromEntries(
    differences.map((difference) => [difference, listed[difference] ?? 'unexplained']),
  );
}

function expectListed(oracle: Oracle['name']): void {
  const sorted = Object.fromEntries(Object.entries(found[oracle]).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (process.env.UPDATE_DIFFERENCES === '1' && process.env.CI === undefined) {
    Object.assign(known, { [oracle]: sorted });
    writeFileSync(join(import.meta.dirname, 'differences.json'), `${JSON.stringify(known, null, 2)}\n`);
  }
  expect(sorted).toEqual(known[oracle]);
}
