import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openLine, type ReleaseTrial } from '@fluxwright/compiler';
import { canonicalText, isObject, type JsonObject, type JsonValue } from '@fluxwright/documents';
import { knownScope } from '@fluxwright/kubernetes';
import { type Component, loadComponentTests, readChartFacts } from '@fluxwright/model';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { objectPart } from '../../../compiler/src/facts/object-part.ts';
import { factTitle } from '../../../compiler/src/facts/object-title.ts';
import { recordedRelease } from '../../../compiler/src/facts/recorded-release.ts';
import { openTrial } from '../../../component-test/src/facts/open-trial.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
/** Packaged charts of the catalogue: a folder that FLUXWRIGHT_CHARTS names, else charts/ of the workspace. */
const charts = path.resolve(root, process.env.FLUXWRIGHT_CHARTS ?? 'charts');
/** As the tests of flux-render-wasm build it. */
const helm = path.join(process.env.FLUXWRIGHT_NATIVE ?? path.join(tmpdir(), 'fluxwright-native'), 'helm');
const line = openLine({ root, clusters: [], charts });
const folder = mkdtempSync(path.join(tmpdir(), 'chart-facts-'));
afterAll(() => {
  line[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

const all = [...line.workspace.components.values()].filter(({ facts }) => facts !== undefined);
const atHand = all.filter(({ spec: { helm: pin } }) => {
  return (
    pin !== undefined && line.engines.charts.find(pin.chart.split('/').at(-1) as string, pin.version) !== undefined
  );
});
const skipped = existsSync(helm)
  ? atHand.length === 0
    ? ' (skipped: FLUXWRIGHT_CHARTS names no folder with charts of the catalogue)'
    : ''
  : ` (skipped: there is no ${helm}; the tests of flux-render-wasm build it)`;

describe.skipIf(skipped !== '')(`recorded facts against helm template${skipped}`, () => {
  test.each(atHand.map((component) => [component.name, component] as const))(
    'of %s: they are what the chart makes',
    async (_, component) => {
      const { value: facts } = readChartFacts(component.facts as never);
      const { trial, test: used } = await trialOf(component);
      expect(facts?.spec).toMatchObject({ case: used.name, release: trial.release });
      const said = new Map(
        (facts?.spec.objects ?? []).map((each) => {
          const object = each as unknown as JsonObject;
          return [factTitle(object, trial.release.namespace), canonicalText(object)];
        }),
      );
      const made = new Map(
        template(component, trial).map((object) => {
          const part = objectPart(placed(object, trial.release.namespace));
          return [factTitle(part, trial.release.namespace), canonicalText(part)];
        }),
      );
      expect([...said.keys()].sort()).toEqual([...made.keys()].sort());
      for (const [title, text] of made) expect(said.get(title)).toBe(text);
    },
    240_000,
  );

  test.each(atHand.map((component) => [component.name, component] as const))(
    'of %s: a value on which something depends is told when it is another',
    async (_, component) => {
      const { value: facts } = readChartFacts(component.facts as never);
      const { trial } = await trialOf(component);
      if (facts === undefined) throw new Error('the facts cannot be read');
      const pointer = facts.spec.depends?.flatMap(({ values = {} }) => Object.keys(values))[0];
      const kubernetes = facts.spec.kubernetes;
      const apiGroups = new Set(trial.given.apiVersions.flatMap((each) => each.split('/').slice(0, 1)));
      const recorded = (values: JsonObject) => recordedRelease(facts.spec, { values, kubernetes, apiGroups });
      expect(recorded(trial.given.values).differing).toEqual([]);
      if (pointer === undefined) return;
      const { differing } = recorded(withOther(trial.given.values, pointer.split('/').slice(1)) as JsonObject);
      expect(differing.some((each) => each === pointer || each.startsWith(`${pointer}/`))).toBe(true);
    },
    120_000,
  );
});

async function trialOf(component: Component) {
  const opened = await openTrial(line, component, loadComponentTests(line.workspace, component).value.tests);
  if ('says' in opened) throw new Error(`${opened.says}: ${opened.diagnostics[0]?.message ?? ''}`);
  return opened;
}

/** Everything that the command prints for the release, hooks included, and CRDs where the component lets Helm install them. */
function template({ spec }: Component, { chart, release, given }: ReleaseTrial): readonly JsonObject[] {
  const definitions = spec.helm?.crds?.install === 'Skip' ? [] : ['--include-crds'];
  const archive = path.join(folder, 'chart.tgz');
  const values = path.join(folder, 'values.json');
  writeFileSync(archive, chart.archive);
  writeFileSync(values, JSON.stringify(given.values));
  const text = execFileSync(
    helm,
    [
      ...['template', release.name, archive, '--namespace', release.namespace, ...definitions],
      ...['--kube-version', given.kubernetesVersion, '--values', values],
      ...given.apiVersions.flatMap((version) => ['--api-versions', version]),
    ],
    { encoding: 'utf8', maxBuffer: 256 * 1_048_576, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const objects = [...parseAllDocuments(text, { logLevel: 'error' })].map((each) => each.toJS() as JsonValue);
  return objects
    .filter(isObject)
    .flatMap((each) => (String(each.kind).endsWith('List') ? (each.items as readonly JsonObject[]) : [each]));
}

/** helm install puts what names no namespace into that of the release. */
function placed(object: JsonObject, namespace: string): JsonObject {
  const metadata = object.metadata as JsonObject;
  const scope = knownScope(String(object.apiVersion), String(object.kind));
  return scope === 'Cluster' || metadata.namespace !== undefined
    ? object
    : { ...object, metadata: { ...metadata, namespace } };
}

function withOther(value: JsonValue, [step, ...rest]: readonly string[]): JsonValue {
  if (step === undefined) return 'something else';
  const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
  const map = isObject(value) ? value : {};
  return { ...map, [key]: withOther(map[key] ?? null, rest) };
}
