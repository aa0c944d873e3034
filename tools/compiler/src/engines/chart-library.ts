import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ChartsLock, chartKey, type LockedSource, sourceFolder, sourceKey } from '@fluxwright/model';
import { openSource, type SourceFolder } from './source-folder.ts';

/** A chart as a registry serves it: packaged. */
export interface PackagedChart {
  /** From the root of the workspace, or absolute where it lies outside. */
  readonly file: string;
  readonly archive: Uint8Array;
  /** sha256 of the archive. */
  readonly digest: string;
}

/** The charts at hand: a folder of `<name>-<version>.tgz`, as `helm pull` and `helm package` name them. */
export interface ChartLibrary {
  /** As the user named it. */
  readonly folder: string;
  /** True for the folder of the workspace: what lies there is what the lock says, or refused. */
  readonly isOwn: boolean;
  find(name: string, version: string): PackagedChart | undefined;
  /** The files of a source in git, where they are at hand. */
  source(place: Pick<LockedSource, 'git' | 'ref'>): SourceFolder | undefined;
  /** `sha256:…` that the lock has for a chart of component.yaml; undefined where it says nothing. */
  lockedChart(chart: {
    readonly repository: string;
    readonly chart: string;
    readonly version: string;
  }): string | undefined;
  /** The same for a source. */
  lockedSource(source: Pick<LockedSource, 'git' | 'ref' | 'path'>): string | undefined;
}

/** Where charts are looked for when nobody says otherwise, from the root of the workspace. */
export const defaultCharts = 'charts';

/** Where `charts pull` puts them, below a folder of charts: what lies in the folder itself is somebody's choice and goes before. */
export const pulledCharts = 'pulled';

/** Larger charts are refused by Kubernetes itself: a release is a Secret of at most 1 MiB. */
const mostBytes = 32 * 1024 * 1024;

/** The charts of a folder, which need not exist. Each is read when it is first asked for. */
export function openCharts(root: string, folder: string, lock: ChartsLock = { charts: [], sources: [] }): ChartLibrary {
  const lockedCharts = new Map(lock.charts.map((each) => [chartKey(each), each.digest]));
  const lockedSources = new Map(lock.sources.map((each) => [sourceKey(each), each.digest]));
  const known = new Map<string, PackagedChart | undefined>();
  // Names are other people's input: a chart lies in the folder itself.
  const read = (name: string): PackagedChart | undefined => {
    if (!known.has(name)) known.set(name, /[/\\]/.test(name) ? undefined : (at(name) ?? at(`${pulledCharts}/${name}`)));
    return known.get(name);
  };
  const sources = new Map<string, SourceFolder | undefined>();
  const openAt = (name: string) => openSource(resolve(root, folder, name), `${folder}/${name}`);
  const at = (name: string): PackagedChart | undefined => readChart(resolve(root, folder, name), `${folder}/${name}`);
  return {
    folder,
    isOwn: resolve(root, folder) === resolve(root, defaultCharts),
    lockedChart: ({ repository, chart, version }) =>
      lockedCharts.get(chartKey({ chart, version, repository: repository.replace(/\/+$/, '') })),
    lockedSource: (source) => lockedSources.get(sourceKey(source)),
    // Flux takes `v1.2.3` and `1.2.3` for one version (github.com/Masterminds/semver).
    find: (name, version) => {
      const other = version.startsWith('v') ? version.slice(1) : `v${version}`;
      return read(`${name}-${version}.tgz`) ?? read(`${name}-${other}.tgz`);
    },
    source(place) {
      const name = sourceFolder(place);
      if (!sources.has(name)) sources.set(name, openAt(name) ?? openAt(`${pulledCharts}/${name}`));
      return sources.get(name);
    },
  };
}

function readChart(path: string, file: string): PackagedChart | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile() || stats.size > mostBytes) return undefined;
  const archive = readFileSync(path);
  return { file, archive, digest: hash('sha256', archive, 'hex') };
}
