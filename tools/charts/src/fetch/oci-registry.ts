import type { LockedChart } from '@fluxwright/model';
import { basic, type Login } from '../http/credentials.ts';
import type { Answer, Ask } from '../http/http.ts';
import { ChartFailure } from '../lock/chart-failure.ts';
import { sha256 } from '../lock/sha256.ts';
import { type FetchContext, mostOfAChart, mostOfProvenance } from './fetched-chart.ts';
import { refusal } from './refusal.ts';

type Asked = Pick<LockedChart, 'repository' | 'chart' | 'version'>;

/** Media types of the layer that is the chart (helm.sh/docs/topics/registries), the second of Helm before 3.7. */
const chartTypes = ['application/vnd.cncf.helm.chart.content.v1.tar+gzip', 'application/tar+gzip'];
const provenanceType = 'application/vnd.cncf.helm.chart.provenance.v1.prov';
const digestForm = /^sha256:[0-9a-f]{64}$/;
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const mostOfAManifest = 4 * 1024 * 1024;
const mostOfAToken = 256 * 1024;

/**
 * The bytes of a chart in an OCI registry (github.com/opencontainers/distribution-spec, "Pull"): by the digest of the lock
 * where there is one, also where the tag has moved since; else by the layer that the tag's manifest names.
 */
export async function fetchFromRegistry(asked: Asked, context: FetchContext, digest?: string): Promise<Buffer> {
  const registry = await registryOf(asked, context);
  return blob(registry, asked, { layer: digest ?? (await chartLayer(registry, asked)), maxBytes: mostOfAChart });
}

/** The provenance of a chart, a layer of its tag's manifest (helm.sh/docs/topics/registries); undefined where there is none. */
export async function provenanceInRegistry(asked: Asked, context: FetchContext): Promise<string | undefined> {
  const registry = await registryOf(asked, context);
  const layer = (await tagLayers(registry, asked)).find(({ mediaType }) => mediaType === provenanceType);
  if (layer === undefined || !digestForm.test(layer.digest)) return undefined;
  return (await blob(registry, asked, { layer: layer.digest, maxBytes: mostOfProvenance })).toString('utf8');
}

function registryOf(asked: Asked, context: FetchContext): Promise<Registry> {
  const name = `${asked.repository}/${asked.chart}`.replace(/^oci:\/\/[^/]+\//, '');
  const host = asked.repository.replace(/^oci:\/\//, '').split('/')[0] ?? '';
  return openRegistry(host, name, context);
}

async function blob(
  registry: Registry,
  { chart, version }: Asked,
  { layer, maxBytes }: { readonly layer: string; readonly maxBytes: number },
): Promise<Buffer> {
  const { host } = registry;
  const { status, body } = await registry.get(`blobs/${layer}`, { maxBytes, isImmutable: true });
  if (status !== 200) throw refusal(status, host, `${chart} ${version} of ${layer}`, registry.login);
  if (sha256(body) !== layer)
    throw new ChartFailure('charts/wrong-digest', `${chart} ${version} is not what ${host} calls it`, {
      note: `${layer} is meant, ${sha256(body)} came`,
    });
  return body;
}

/** The digest of the layer that is the chart. */
async function chartLayer(registry: Registry, asked: Asked): Promise<string> {
  const layers = await tagLayers(registry, asked);
  const layer = layers.find(({ mediaType }) => chartTypes.includes(mediaType));
  if (layer === undefined || !digestForm.test(layer.digest))
    throw new ChartFailure('charts/bad-answer', `${asked.chart} ${asked.version} at ${registry.host} is no chart`, {
      note:
        layers.length === 0
          ? 'its manifest has no layers'
          : `its layers are ${layers.map(({ mediaType }) => mediaType).join(', ')}`,
    });
  return layer.digest;
}

/** The layers of the manifest that a tag stands for. A tag has no `+`: Helm writes `_`. */
async function tagLayers(registry: Registry, { chart, version }: Asked): Promise<readonly Layer[]> {
  const tag = version.replaceAll('+', '_');
  const { status, body, headers } = await registry.get(`manifests/${tag}`, {
    maxBytes: mostOfAManifest,
    headers: { accept: manifestType },
  });
  if (status !== 200) throw refusal(status, registry.host, `${chart} ${version}`, registry.login);
  const said = headers['docker-content-digest'];
  if (typeof said === 'string' && said.startsWith('sha256:') && said !== sha256(body))
    throw new ChartFailure(
      'charts/wrong-digest',
      `the manifest of ${chart} ${version} is not what ${registry.host} calls it`,
      {
        note: `${said} is meant, ${sha256(body)} came`,
      },
    );
  return layersOf(body);
}

interface Layer {
  readonly mediaType: string;
  readonly digest: string;
}

function layersOf(body: Buffer): readonly Layer[] {
  try {
    const { layers } = JSON.parse(body.toString('utf8'));
    return (Array.isArray(layers) ? layers : []).map((each) => ({
      mediaType: String(each?.mediaType),
      digest: String(each?.digest),
    }));
  } catch {
    return [];
  }
}

interface Registry {
  readonly host: string;
  readonly login: Login | undefined;
  readonly get: (path: string, ask: Ask) => Promise<Answer>;
}

/** A repository of a registry; whoever is asked for a token gets it (distribution.github.io, "Token authentication"). */
async function openRegistry(host: string, name: string, { http, credentials }: FetchContext): Promise<Registry> {
  const login = credentials.forRegistry(host === 'docker.io' ? 'index.docker.io' : host);
  const base = await baseOf(host === 'docker.io' ? 'registry-1.docker.io' : host, http);
  let authorization: string | undefined;
  return {
    host,
    login,
    get: async (path, ask) => {
      const url = `${base}/v2/${name}/${path}`;
      const first = await http.get(url, { ...ask, ...(authorization !== undefined && { authorization }) });
      // Whom a redirect leads to cannot ask for the login of who led there.
      if (first.status !== 401 || first.origin !== new URL(base).origin) return first;
      authorization = await authorize(challengesOf(first.headers['www-authenticate']), { base, name, login, http });
      return authorization === undefined ? first : http.get(url, { ...ask, authorization });
    },
  };
}

/** As docker does: a registry on this machine may speak plain HTTP, any other is asked over TLS. */
async function baseOf(host: string, http: FetchContext['http']): Promise<string> {
  if (!/^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(host)) return `https://${host}`;
  try {
    await http.get(`https://${host}/v2/`, { maxBytes: mostOfAToken });
    return `https://${host}`;
  } catch (error) {
    const isPlain = error instanceof ChartFailure && error.note === 'it does not speak TLS';
    if (isPlain) return `http://${host}`;
    throw error;
  }
}

interface Challenge {
  readonly base: string;
  readonly name: string;
  readonly login: Login | undefined;
  readonly http: FetchContext['http'];
}

/** A server may name several ways in, in one header or in many (RFC 9110, section 11.6.1): Gitea does. */
function challengesOf(header: string | readonly string[] | undefined): readonly string[] {
  return [header ?? []].flat().flatMap((each) => each.split(/,\s*(?=(?:basic|bearer)\s)/i));
}

/** The header that answers one of the challenges; undefined where we have none. */
async function authorize(challenges: readonly string[], challenge: Challenge): Promise<string | undefined> {
  const { login, http } = challenge;
  const bearer = challenges.find((each) => /^bearer\s/i.test(each));
  if (bearer === undefined)
    return login && challenges.some((each) => /^basic\b/i.test(each)) ? basic(login) : undefined;
  const service = tokenService(bearer, challenge);
  if (service === undefined) return undefined;
  const { status, body } = await http.get(service.href, {
    maxBytes: mostOfAToken,
    ...(login && { authorization: basic(login) }),
  });
  return status === 200 ? bearerOf(body) : undefined;
}

/** Who gives out tokens for a chart, as a challenge says it (https://distribution.github.io/distribution/spec/auth/token/). */
function tokenService(bearer: string, { base, name }: Challenge): URL | undefined {
  const said = Object.fromEntries([...bearer.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
  if (said.realm === undefined || !URL.canParse(said.realm)) return undefined;
  const realm = new URL(said.realm);
  // A login is only shown where nobody listens in; a registry names who gives its tokens, as docker.io does.
  if (realm.protocol !== 'https:' && realm.origin !== base) return undefined;
  if (said.service !== undefined) realm.searchParams.set('service', said.service);
  realm.searchParams.set('scope', said.scope ?? `repository:${name}:pull`);
  return realm;
}

function bearerOf(body: Buffer): string | undefined {
  try {
    const { token, access_token: access } = JSON.parse(body.toString('utf8'));
    const given = token ?? access;
    return typeof given === 'string' && /^[\x21-\x7e]+$/.test(given) ? `Bearer ${given}` : undefined;
  } catch {
    return undefined;
  }
}
