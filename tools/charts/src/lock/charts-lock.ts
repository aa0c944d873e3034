import { type Diagnostic, diagnostic, type Staged } from '@fluxwright/diagnostics';
import { by, isObject, type JsonValue, parseYaml } from '@fluxwright/documents';
import { stringify } from 'yaml';
import type { ChartPin, SourcePin } from './chart-pins.ts';

/** A chart, to the byte. */
export interface LockedChart extends Pick<ChartPin, 'repository' | 'chart' | 'version'> {
  /** `sha256:<hex>` of the packaged chart: in an OCI registry that of its layer, in an index the `digest` of the entry. */
  readonly digest: string;
}

/** Manifests in git, to the byte. */
export interface LockedSource extends Pick<SourcePin, 'git' | 'ref' | 'path'> {
  readonly commit: string;
  /** `sha256:<hex>` over the files below `path`; see {@link folderDigest}. */
  readonly digest: string;
}

/** What charts.lock.yaml says. */
export interface ChartsLock {
  readonly charts: readonly LockedChart[];
  readonly sources: readonly LockedSource[];
}

/** Its name, from the root of the workspace. */
export const lockFile = 'charts.lock.yaml';

export const emptyLock: ChartsLock = { charts: [], sources: [] };

const comment = `# Which bytes each chart and source is. \`fluxwright charts update\` writes it, \`fluxwright charts pull\` fetches what it says.
`;

/** The text of a lock: the same lock gives the same bytes. */
export function formatLock({ charts, sources }: ChartsLock): string {
  const value = {
    apiVersion: 'fluxwright.dev/v1',
    kind: 'ChartsLock',
    charts: charts
      .map(({ repository, chart, version, digest }) => ({ chart, version, repository, digest }))
      .sort(by(chartKey)),
    sources: sources
      .map(({ git, ref, path, commit, digest }) => ({ git, ref, path, commit, digest }))
      .sort(by(sourceKey)),
  };
  return `${comment}${stringify(value, { lineWidth: 0 })}`;
}

/** What tells one locked chart from another. */
export function chartKey({ repository, chart, version }: Pick<ChartPin, 'repository' | 'chart' | 'version'>): string {
  return `${chart} ${version} ${repository}`;
}

/** What tells one locked source from another. */
export function sourceKey({ git, ref, path }: Pick<SourcePin, 'git' | 'ref' | 'path'>): string {
  return `${git} ${'tag' in ref ? ref.tag : ref.commit} ${path}`;
}

/** Reads a lock. A line that `update` would not write is an error, since nobody can say what it locks. */
export function parseLock(text: string): Staged<ChartsLock | undefined> {
  const { value: document, diagnostics } = parseYaml(lockFile, text);
  if (document === undefined) return { value: undefined, diagnostics };
  const found: Diagnostic[] = [];
  const wrong = (path: readonly (string | number)[], says: string): undefined => {
    found.push(
      diagnostic('charts/invalid-lock', {
        message: `${lockFile} is not as \`charts update\` writes it`,
        primary: document.locate(path),
        note: says,
        help: 'take the file of the last commit, or remove the entry and run `fluxwright charts update`',
      }),
    );
    return undefined;
  };
  const root = document.value;
  const list = <T>(name: string, read: (entry: JsonValue, index: number) => T | undefined): readonly T[] => {
    const entries = isObject(root) ? (root[name] ?? []) : [];
    if (!Array.isArray(entries)) wrong([name], 'a list is meant');
    return Array.isArray(entries) ? entries.flatMap((entry, index) => read(entry, index) ?? []) : [];
  };
  if (!isObject(root) || root.apiVersion !== 'fluxwright.dev/v1' || root.kind !== 'ChartsLock')
    wrong([], 'apiVersion: fluxwright.dev/v1 and kind: ChartsLock are meant');
  const charts = list('charts', (entry, index) => {
    const said = textsOf(entry);
    const bad = Object.entries(chartForms).find(([key, form]) => !form.test(said[key] ?? ''));
    if (bad !== undefined) return wrong(['charts', index, bad[0]], `no ${bad[0]} of a chart`);
    return said as unknown as LockedChart;
  });
  const sources = list('sources', (entry, index) => {
    const said = textsOf(entry);
    const ref = isObject(entry) ? textsOf(entry.ref ?? null) : {};
    const bad = Object.entries(sourceForms).find(([key, form]) => !form.test(said[key] ?? ''));
    if (bad !== undefined) return wrong(['sources', index, bad[0]], `no ${bad[0]} of a source`);
    if (ref.tag === undefined && ref.commit === undefined)
      return wrong(['sources', index, 'ref'], 'a tag or a commit is meant');
    return { ...said, ref } as unknown as LockedSource;
  });
  return { value: found.length > 0 ? undefined : { charts, sources }, diagnostics: found };
}

const digestForm = /^sha256:[0-9a-f]{64}$/;
const chartForms = {
  chart: /^[^\s]+$/,
  version: /^v?[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?$/,
  repository: /^(https|oci):\/\/[^\s]+$/,
  digest: digestForm,
};
const sourceForms = {
  git: /^(https|ssh):\/\/[^\s]+$/,
  path: /^\.\//,
  commit: /^[0-9a-f]{40}$/,
  digest: digestForm,
};

function textsOf(value: JsonValue): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (typeof each === 'string' ? [[key, each]] : [])),
  );
}
