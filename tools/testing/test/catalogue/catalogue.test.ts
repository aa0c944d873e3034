import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile, recordedSources } from '@fluxwright/compiler';
import { loadWorkspace } from '@fluxwright/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wellBeing } from '../../../e2e/src/operator-products.ts';
import { type ChartCheck, readChartCheck } from '../../src/catalogue/chart-check.ts';
import { schemaFindings } from '../../src/catalogue/chart-schema.ts';
import { type Channel, type CustomResourceCheck, customResourceCheck } from '../../src/catalogue/custom-resources.ts';
import { mergeChartValues } from '../../src/catalogue/merge-chart-values.ts';
import { mistyped } from '../../src/catalogue/mistyped.ts';
import { readObjects, type TreeObject } from '../../src/catalogue/read-objects.ts';
import { findReference, readChartSchema, readChartValues } from '../../src/catalogue/reference.ts';
import { makeTrialWorkspace } from '../../src/catalogue/trial-workspace.ts';
import { unknownKeys } from '../../src/catalogue/unknown-keys.ts';

type Map = Readonly<Record<string, unknown>>;

const root = path.resolve(import.meta.dirname, '../../../..');
const reference = findReference(root);
const missing = reference === undefined ? ' (skipped: ../shared/reference is absent)' : '';
const components = [...loadWorkspace(root).value.components.values()];
const withChart = components.filter(({ spec }) => spec.helm !== undefined);
const inReference = withChart.filter(({ name }) => reference?.charts.has(name));

const recorded = components
  .flatMap((component) => recordedSources(component).value)
  .flatMap(({ definitions }) => definitions.map(({ object }) => object));

/** API groups of Kubernetes itself that components have objects of: kubeconform knows these, the reference does not. */
const isBuiltIn =
  /^(v1$|(apps|autoscaling|batch|policy)\/|(networking|rbac\.authorization|admissionregistration|node|scheduling|storage)\.k8s\.io\/)/;

const folder = mkdtempSync(path.join(tmpdir(), 'catalogue-'));
const trees = new Map<string, readonly TreeObject[]>();
let errors: string[] = [];
let unchecked: readonly string[] = [];

beforeAll(async () => {
  const clusters = makeTrialWorkspace(root, folder);
  const { diagnostics, clusters: results } = await compile({ root: folder, clusters });
  unchecked = [...new Set(results.flatMap((each) => each.unchecked))];
  errors = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, primary }) => `${code}: ${message} (${primary?.file}:${primary?.start?.line})`);
  for (const cluster of clusters) trees.set(cluster, readObjects(path.join(folder, 'generated', cluster)));
  // Those of the repository are compiled by every build.
  for (const cluster of readdirSync(path.join(root, 'generated'))) {
    trees.set(cluster, readObjects(path.join(root, 'generated', cluster)));
  }
}, 900_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }), 120_000);

test('every cluster of the matrix compiles without an error', () => {
  expect([...new Set(errors)]).toEqual([]);
  expect([...trees].filter(([, objects]) => objects.length === 0).map(([cluster]) => cluster)).toEqual([]);
});

test('every object is of a kind whose schema is known', () => {
  expect(unchecked).toEqual([]);
});

describe.skipIf(reference === undefined)(`the catalogue against real charts${missing}`, () => {
  test('each component with a chart is in the reference, or says where its keys were read', () => {
    const unlisted = withChart.filter(({ name }) => !reference?.charts.has(name));
    expect(unlisted.filter((component) => checkOf(component).unlisted === undefined).map(({ name }) => name)).toEqual(
      [],
    );
  });

  test.each(inReference.map((component) => [component.name, component] as const))(
    'the chart of %s is the published one',
    (name, component) => {
      const { helm } = component.spec;
      const chart = reference?.charts.get(name);
      const version = checkOf(component).newer?.than ?? helm?.version;
      expect({ ...helm, version }).toMatchObject({
        repository: chart?.repository,
        chart: chart?.name,
        version: chart?.version,
      });
    },
  );

  test.each(withChart.map((component) => [component.name, component] as const))(
    'the chart of %s knows every value we set, and would not know it misspelt',
    (_name, component) => {
      const check = checkOf(component);
      const { defaults, schema } = chartOf(component.name);
      const used = new Set<string>();
      const seen = new Set<string>();
      const misspelt = new Set<string>();
      for (const [cluster, values] of valuesOf(component.name)) {
        const found = unknownKeys(values, defaults, check);
        const wrong = schema ? schemaFindings(schema, mergeChartValues(defaults, values)) : [];
        expect({ cluster, unknown: found.unknown, wrong }).toEqual({ cluster, unknown: [], wrong: [] });
        for (const place of found.used) used.add(place);
        const text = JSON.stringify(values);
        if (seen.has(text)) continue;
        seen.add(text);
        for (const typo of mistyped(values)) {
          if (misspelt.has(typo.path) || isFree(typo.path, check)) continue;
          misspelt.add(typo.path);
          expect(unknownKeys(typo.values, defaults, check).unknown, typo.path).toContain(`${typo.path}Typo`);
        }
      }
      expect(seen.size).toBeGreaterThan(0);
      expect(check.freeForm.map(({ path }) => path).filter((place) => !used.has(place))).toEqual([]);
    },
  );

  let check: CustomResourceCheck;
  beforeAll(() => {
    check = customResourceCheck(reference?.folder ?? '', recorded);
  });

  test('every custom resource fits its definition, and would not with a field misspelt', () => {
    const seen = new Set<string>();
    const misspelt = new Set<string>();
    for (const [cluster, objects] of trees) {
      const channel = channelOf(objects);
      for (const object of objects) {
        const { file, ...resource } = object;
        const text = `${channel} ${JSON.stringify(resource)}`;
        if (isBuiltIn.test(object.apiVersion) || seen.has(text)) continue;
        seen.add(text);
        expect({ cluster, file, findings: check.findings(resource, channel) }).toEqual({ cluster, file, findings: [] });
        for (const key of Object.keys(resource.spec ?? {})) {
          // One slip of a key is found in all objects of a kind, or in none.
          const slip = `${channel} ${object.apiVersion}/${object.kind} ${key}`;
          if (misspelt.has(slip)) continue;
          misspelt.add(slip);
          const { [key]: value, ...others } = resource.spec as Map;
          const wrong = { ...resource, spec: { ...others, [`${key}Typo`]: value } };
          expect(check.findings(wrong, channel), `${file} ${key}`).not.toEqual([]);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(0);
  });

  // A status that an API server prunes says nothing to who waits for it, and none of the tests with a control plane says why.
  test('what played operators say of an object is what its definition has', () => {
    const seen = new Set<string>();
    for (const { file, ...object } of [...trees.values()].flat()) {
      const status = wellBeing(object);
      const kind = `${object.apiVersion}/${object.kind}`;
      if (Object.keys(status).length === 0 || seen.has(kind)) continue;
      seen.add(kind);
      const played = { ...object, status };
      expect({ file, findings: check.findings(played) }).toEqual({ file, findings: [] });
      const slip = { ...object, status: { ...status, notAField: 1 } };
      expect(check.findings(slip), kind).not.toEqual([]);
    }
    expect(seen.size).toBeGreaterThan(5);
  });
});

function checkOf({ folder: at }: { folder: string }): ChartCheck {
  return readChartCheck(path.join(root, at, 'helm/chart-check.yaml'));
}

function chartOf(name: string): { defaults: Map; schema?: Record<string, unknown> } {
  const chart = reference?.charts.get(name);
  if (chart === undefined) return { defaults: {} };
  const schema = readChartSchema(chart);
  return { defaults: readChartValues(chart), ...(schema && { schema }) };
}

/** The channel of the Gateway API that a cluster has. */
function channelOf(objects: readonly TreeObject[]): Channel {
  const has = objects.some(
    ({ metadata }) => metadata.labels?.['fluxwright.dev/component'] === 'gateway-api-experimental',
  );
  return has ? 'experimental' : 'standard';
}

/** The values of the component's release, by cluster. */
function valuesOf(component: string): [string, Map][] {
  return [...trees].flatMap(([cluster, objects]) =>
    objects
      .filter(
        ({ kind, metadata }) => kind === 'HelmRelease' && metadata.labels?.['fluxwright.dev/component'] === component,
      )
      .map(({ spec }): [string, Map] => [cluster, (spec?.values ?? {}) as Map]),
  );
}

/** True below a free-form place: there, any key is as good as another. */
function isFree(place: string, { freeForm }: ChartCheck): boolean {
  const steps = place.split('.');
  return freeForm.some(({ path: pattern }) => {
    const wanted = pattern.split('.');
    return wanted.length < steps.length && wanted.every((step, index) => step === '*' || step === steps[index]);
  });
}
