import { didYouMean, type Span } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import { valueAt } from '@fluxwright/documents';
import { intersects, satisfies, validRange } from 'semver';
import type { SupportedVersions } from '../generated/component.ts';
import { releaseOf } from '../load/release-of.ts';
import type { Component } from '../load/workspace.ts';
import { type ComponentMembers, type Resolution, report } from './resolution.ts';

/**
 * Holds what each component of a cluster says it works with (`spec.supports`) against the cluster's Kubernetes and Flux and
 * against the releases of its other components (docs/decisions/0018). A cluster states minors: a range fits one where it holds for
 * some patch release of it.
 */
export function checkVersions(resolution: Resolution, members: ComponentMembers): void {
  for (const { item: component } of members.values()) {
    const { kubernetes, flux, components = [] } = component.spec.supports ?? {};
    checkMinor(resolution, component, { key: 'kubernetes', title: 'Kubernetes', range: kubernetes });
    checkMinor(resolution, component, { key: 'flux', title: 'Flux', range: flux });
    for (const [index, range] of components.entries()) {
      const path = ['spec', 'supports', 'components', index];
      const other = members.get(range.name)?.item;
      if (other === undefined) checkName(resolution, component, range.name, [...path, 'name']);
      else checkRelease(resolution, component, { other, range, path });
    }
  }
}

interface MinorRange {
  readonly key: 'kubernetes' | 'flux';
  readonly title: string;
  readonly range: SupportedVersions | undefined;
}

function checkMinor(resolution: Resolution, component: Component, { key, title, range }: MinorRange): void {
  const { cluster, settings } = resolution;
  const path = ['spec', 'supports', key];
  const version = valueAt(settings.value, [key, 'version']);
  if (range === undefined || !isRange(resolution, component, { range, path })) return;
  if (typeof version !== 'string' || validRange(version) === null) return;
  if (intersects(version, allVersions(range))) return;
  const [span = { file: cluster.manifest.file }] = settings.originsOf([key, 'version']);
  misfit(resolution, component, { path, range, has: `${title} ${version}`, name: title, span });
}

interface ReleaseRange {
  readonly other: Component;
  readonly range: SupportedVersions;
  readonly path: JsonPath;
}

function checkRelease(resolution: Resolution, component: Component, { other, range, path }: ReleaseRange): void {
  if (!isRange(resolution, component, { range, path })) return;
  const release = releaseOf(other);
  const span = other.manifest.locate(release.path);
  // A release candidate is a version of its own, that a range without one does not name.
  if (release.version !== undefined && satisfies(release.version, allVersions(range))) return;
  const has = release.version === undefined ? `no known release of ${other.name}` : `${other.name} ${release.version}`;
  misfit(resolution, component, { path, range, has, name: other.name, span });
}

interface Misfit {
  readonly path: JsonPath;
  readonly range: SupportedVersions;
  readonly name: string;
  readonly has: string;
  readonly span: Span;
}

function misfit(resolution: Resolution, component: Component, { path, range, name, has, span }: Misfit): void {
  const { version } = releaseOf(component);
  report(resolution, 'resolve/version-misfit', {
    message: `component "${component.name}"${version === undefined ? '' : ` ${version}`} works with ${name} ${range.versions}, and the cluster has ${has}`,
    primary: component.manifest.locate([...path, 'versions']),
    note: `says ${range.source}${range.also === undefined ? '' : `; besides ${range.also.versions}, since ${range.also.because}`}`,
    labels: [{ span, message: `${has} comes from here` }],
    help: `take releases that fit each other; if they do, say so in supports, or in its "also" with the reason`,
  });
}

function isRange(
  resolution: Resolution,
  component: Component,
  { range, path }: { range: SupportedVersions; path: JsonPath },
): boolean {
  const texts: readonly (readonly [string | undefined, JsonPath])[] = [
    [range.versions, ['versions']],
    [range.also?.versions, ['also', 'versions']],
  ];
  const wrong = texts.filter(([text]) => text !== undefined && validRange(text) === null);
  for (const [text, at] of wrong) {
    report(resolution, 'load/invalid-value', {
      message: `"${text}" in ${component.manifest.file} is no range of versions`,
      primary: component.manifest.locate([...path, ...at]),
      note: 'not as npm writes ranges',
      help: 'write it like >=1.33 <1.37, 2.9 or ^1.20.1',
    });
  }
  return wrong.length === 0;
}

function allVersions({ versions, also }: SupportedVersions): string {
  return also === undefined ? versions : `${versions} || ${also.versions}`;
}

/** A name that no component has would never be held against anything. */
function checkName(resolution: Resolution, component: Component, name: string, path: JsonPath): void {
  const { workspace } = resolution;
  if (workspace.components.has(name) || workspace.broken.has(`components/${name}`)) return;
  report(resolution, 'resolve/unknown-predecessor', {
    message: `component "${component.name}" names versions of the component "${name}", which does not exist`,
    primary: component.manifest.locate(path),
    note: `no folder components/${name}`,
    help: didYouMean(name, [...workspace.components.keys()]) ?? 'remove it: it is held against nothing',
  });
}
