import { didYouMean } from '@fluxwright/diagnostics';
import type { LockedChart } from '@fluxwright/model';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { basic } from '../http/credentials.ts';
import { ChartFailure } from '../lock/chart-failure.ts';
import { sha256 } from '../lock/sha256.ts';
import { type FetchContext, type IndexEntry, mostOfAChart, mostOfProvenance } from './fetched-chart.ts';
import { refusal } from './refusal.ts';

type Asked = Pick<LockedChart, 'repository' | 'chart' | 'version'>;

/** The largest public index is about 25 MB. */
const mostOfAnIndex = 128 * 1024 * 1024;

/**
 * The bytes of a chart in an HTTP repository: index.yaml names its address, which may be relative to the index, and its
 * digest, which must be that of the bytes (helm.sh/docs/topics/chart_repository).
 */
export async function fetchFromRepository(asked: Asked, context: FetchContext): Promise<Buffer> {
  const { repository, chart, version } = asked;
  const { host } = new URL(repository);
  const { target, digest } = await placeOf(asked, context);
  const { status, body, login } = await getFile(target, mostOfAChart, context);
  if (status !== 200) throw refusal(status, target.host, `${chart} ${version}`, login);
  const said = digest?.replace(/^sha256:/, '').toLowerCase();
  if (said !== undefined && said !== '' && sha256(body) !== `sha256:${said}`)
    throw new ChartFailure('charts/wrong-digest', `${chart} ${version} is not what the index of ${host} says`, {
      note: `sha256:${said} is meant, ${sha256(body)} came`,
    });
  return body;
}

/** The provenance of a chart, which lies beside it (https://helm.sh/docs/topics/provenance/); undefined where there is none. */
export async function provenanceInRepository(asked: Asked, context: FetchContext): Promise<string | undefined> {
  const { target } = await placeOf(asked, context);
  target.pathname += '.prov';
  const { status, body, login } = await getFile(target, mostOfProvenance, context);
  if (status === 404 || status === 410) return undefined;
  if (status !== 200) throw refusal(status, target.host, `the .prov of ${asked.chart} ${asked.version}`, login);
  return body.toString('utf8');
}

// Where the host is another, so are the credentials: those of the repository stay with it.
async function getFile(target: URL, maxBytes: number, { http, credentials }: FetchContext) {
  const login = credentials.forRepository(target.href);
  const { status, body } = await http.get(target.href, {
    maxBytes,
    ...(login && { authorization: basic(login) }),
  });
  return { status, body, login };
}

/** Where a chart lies, and which digest the index says it has. */
async function placeOf(
  { repository, chart, version }: Asked,
  context: FetchContext,
): Promise<{ readonly target: URL; readonly digest: string | undefined }> {
  const entries = (await indexOf(repository, context)).get(chart);
  if (entries === undefined)
    throw new ChartFailure('charts/not-found', `${repository} has no chart "${chart}"`, {
      help: 'correct spec.helm.chart or spec.helm.repository',
    });
  const entry = entries.find((each) => plain(each.version) === plain(version));
  if (entry === undefined)
    throw new ChartFailure('charts/not-found', `${repository} has no ${chart} ${version}`, {
      help:
        didYouMean(
          version,
          entries.map((each) => each.version),
        ) ??
        `it has ${entries
          .slice(0, 3)
          .map((each) => each.version)
          .join(', ')}${entries.length > 3 ? ', …' : ''}`,
    });
  const url = entry.urls.find((each) => URL.canParse(each, `${repository}/`));
  if (url === undefined)
    throw new ChartFailure('charts/bad-answer', `the index of ${repository} has no address for ${chart} ${version}`);
  const target = new URL(url, `${repository}/`);
  if (target.protocol !== 'https:' && target.protocol !== new URL(repository).protocol)
    throw new ChartFailure(
      'charts/bad-answer',
      `the index of ${repository} leads ${chart} ${version} to ${target.protocol}//${target.host}`,
    );
  return { target, digest: entry.digest };
}

function plain(version: string): string {
  return version.replace(/^v/, '');
}

/** Charts by name. One request a repository and run. */
function indexOf(repository: string, context: FetchContext): Promise<ReadonlyMap<string, readonly IndexEntry[]>> {
  const known = context.indexes.get(repository);
  if (known !== undefined) return known;
  const made = fetchIndex(repository, context);
  context.indexes.set(repository, made);
  return made;
}

async function fetchIndex(repository: string, { http, credentials }: FetchContext) {
  const url = `${repository}/index.yaml`;
  const login = credentials.forRepository(url);
  const { host } = new URL(url);
  const { status, body } = await http.get(url, {
    maxBytes: mostOfAnIndex,
    ...(login && { authorization: basic(login) }),
  });
  if (status !== 200) throw refusal(status, host, `the index of ${repository}`, login);
  return readIndex(body.toString('utf8'), repository);
}

/** Reads an index.yaml; every scalar is a text, so that version 1.10 stays what it is. */
function readIndex(text: string, repository: string): ReadonlyMap<string, readonly IndexEntry[]> {
  let entries: unknown;
  try {
    entries = (load(text, { schema: FAILSAFE_SCHEMA }) as { entries?: unknown } | undefined)?.entries;
  } catch (error) {
    const { mark } = error as { mark?: { line: number } };
    throw new ChartFailure('charts/bad-answer', `the index of ${repository} is no YAML`, {
      ...(mark !== undefined && { note: `line ${mark.line + 1}` }),
    });
  }
  if (typeof entries !== 'object' || entries === null || Array.isArray(entries))
    throw new ChartFailure('charts/bad-answer', `the index of ${repository} has no entries`);
  return new Map(
    Object.entries(entries).map(([name, versions]) => [
      name,
      (Array.isArray(versions) ? versions : []).flatMap((each) => {
        const { version, digest, urls } = (each ?? {}) as Readonly<Record<string, unknown>>;
        if (typeof version !== 'string' || !Array.isArray(urls)) return [];
        return [
          {
            version,
            urls: urls.filter((url) => typeof url === 'string'),
            ...(typeof digest === 'string' && { digest }),
          },
        ];
      }),
    ]),
  );
}
