import path from 'node:path';
import { recordedSources } from '@fluxwright/compiler';
import { type JsonObject, valueAt } from '@fluxwright/documents';
import { loadSchemas, supportedVersions } from '@fluxwright/kubernetes-schemas';
import { loadWorkspace, providedDefinitions, releaseOf } from '@fluxwright/model';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../../..');
const components = [...loadWorkspace(root).value.components.values()];
const installing = components.filter(({ spec }) => spec.helm !== undefined || spec.source !== undefined);
const kinds = loadSchemas({ kubernetesVersion: supportedVersions()[0] ?? '' }).listKinds();

test.each(installing.map((component) => [component.name, component] as const))(
  '%s says which Kubernetes it works with, and who says so',
  (_name, { spec }) => {
    expect(spec.supports?.kubernetes).toMatchObject({ versions: expect.any(String), source: expect.any(String) });
  },
);

const definitions = components.flatMap((component) =>
  providedDefinitions(component).map((each) => ({ component, ...each })),
);

test('each definition says which versions it serves', () => {
  expect(definitions.filter(({ versions }) => versions === undefined).map(({ name }) => name)).toEqual([]);
});

describe('the schemas', () => {
  // A component that brings definitions as another channel or release has them records those, and they count in the place of ours.
  const recorded = new Map(
    components.map((component) => [
      component,
      recordedSources(component).value.flatMap(({ stale, definitions }) =>
        stale === undefined ? definitions.map(({ object }) => valueAt(object as JsonObject, ['metadata', 'name'])) : [],
      ),
    ]),
  );
  const known = definitions.flatMap(({ component, name, versions = [] }) => {
    if (recorded.get(component)?.includes(name)) return [];
    const own = kinds.filter(({ plural, apiVersion }) => `${plural}.${apiVersion.split('/')[0]}` === name);
    return own.map(({ apiVersion, source }) => ({ component, name, versions, apiVersion, source }));
  });

  test('are of the release that the component installs, or say which one that is', () => {
    const told = new Map(
      known
        // Definitions of another project, that the program brings along.
        .filter(({ source }) => !source.module.endsWith('/reports-api'))
        .map(({ component, source }) => [component, source.installed?.release ?? source.release ?? source.version]),
    );
    const wrong = [...told].filter(
      ([component, release]) => release.replace(/^v/, '') !== releaseOf(component).version,
    );
    expect(wrong.map(([{ name }, release]) => `${name}: ${release}`)).toEqual([]);
  });

  test('are of the versions that the component says it serves', () => {
    const same = known.filter(({ source }) => source.installed === undefined);
    const unserved = same.filter(({ versions, apiVersion }) => !versions.includes(apiVersion.split('/')[1] ?? ''));
    expect(unserved.map(({ name, apiVersion }) => `${name}: ${apiVersion}`)).toEqual([]);
    const missing = same.flatMap(({ name, versions, apiVersion }) => {
      const group = apiVersion.split('/')[0];
      const there = same.filter((each) => each.name === name).map((each) => each.apiVersion);
      return versions
        .filter((version) => !there.includes(`${group}/${version}`))
        .map((version) => `${name}: ${version}`);
    });
    expect(missing).toEqual([]);
  });
});
