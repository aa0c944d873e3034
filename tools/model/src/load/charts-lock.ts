import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, diagnostic, type Staged } from '@fluxwright/diagnostics';
import { isObject, type JsonValue, parseYaml } from '@fluxwright/documents';

/** A chart, to the byte. */
export interface LockedChart {
  /** `https://…` or `oci://…`, without a slash at the end. */
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  /** `sha256:<hex>` of the packaged chart: in an OCI registry that of its layer, in an index the `digest` of the entry. */
  readonly digest: string;
  /** Fingerprint of the OpenPGP key that signed it, where its component asks for that. */
  readonly signedBy?: string;
}

/** Manifests in git, to the byte. */
export interface LockedSource {
  readonly git: string;
  /** A tag, or a full commit. */
  readonly ref: { readonly tag: string } | { readonly commit: string };
  /** Folder in the repository: `./config/crd`. */
  readonly path: string;
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

/** What tells one locked chart from another. */
export function chartKey({ repository, chart, version }: Omit<LockedChart, 'digest' | 'signedBy'>): string {
  return `${chart} ${version} ${repository}`;
}

/** What tells one locked source from another. */
export function sourceKey({ git, ref, path }: Pick<LockedSource, 'git' | 'ref' | 'path'>): string {
  return `${git} ${'tag' in ref ? ref.tag : ref.commit} ${path}`;
}

/** What a chart is called in a folder, as `helm pull` and `helm package` name it. */
export function chartFile({ chart, version }: Pick<LockedChart, 'chart' | 'version'>): string {
  return `${chart.split('/').at(-1)}-${version}.tgz`;
}

/** What the manifests of a source are called in a folder: `git/gateway-api-v1.6.1`. */
export function sourceFolder({ git, ref }: Pick<LockedSource, 'git' | 'ref'>): string {
  const repository = git
    .replace(/\/+$/, '')
    .split(/[/:]/)
    .at(-1)
    ?.replace(/\.git$/, '');
  const at = 'tag' in ref ? ref.tag : ref.commit;
  return `git/${`${repository}-${at}`.replace(/[^A-Za-z0-9._+-]/g, '_')}`;
}

/** The text of charts.lock.yaml in a workspace; undefined where there is none. */
export function lockText(root: string): string | undefined {
  try {
    return readFileSync(join(root, lockFile), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What charts.lock.yaml says; undefined where there is none, or one that cannot be read, which is a finding. */
export function readLock(root: string): Staged<ChartsLock | undefined> {
  const text = lockText(root);
  return text === undefined ? { value: undefined, diagnostics: [] } : parseLock(text);
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
    if (said.signedBy !== undefined && !/^[0-9A-F]{40,64}$/.test(said.signedBy))
      return wrong(['charts', index, 'signedBy'], 'no fingerprint of a key');
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
