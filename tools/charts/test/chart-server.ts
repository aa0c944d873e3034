import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { packChart } from '../../compiler/test/pack-chart.ts';
import { sha256 } from '../src/lock/sha256.ts';

/** What goes wrong with a request. */
export type Fault =
  | {
      readonly do: 'answer';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string | Buffer;
    }
  | { readonly do: 'hang' }
  /** Says the true length, sends so many bytes and breaks off. */
  | { readonly do: 'cut'; readonly bytes: number };

export interface SeenRequest {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly range: string | undefined;
}

export interface ChartServer {
  /** `https://127.0.0.1:<port>`, or http without TLS. */
  readonly url: string;
  readonly host: string;
  readonly log: SeenRequest[];
  /** Paths and what they give. */
  readonly files: Map<string, Buffer>;
  fault: (request: SeenRequest) => Fault | undefined;
  /** `user:password` that every request must have. */
  login: string | undefined;
  /** Hands out tokens at /token instead of taking the login. */
  hasTokens: boolean;
  /** Puts a chart into index.yaml and the registry, and returns its digest. */
  add: (
    name: string,
    version: string,
    how?: { readonly url?: string; readonly digest?: string; readonly text?: string; readonly provenance?: string },
  ) => string;
  close: () => Promise<void>;
}

export const token = 'Zx9-token-of-the-registry';

/** The chart that the server gives by this name. */
export function sampleChart(name: string, version: string, text = ''): Buffer {
  return Buffer.from(
    packChart(name, {
      'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\n`,
      'templates/configmap.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {text: "${text}"}\n`,
      // Noise, so that an answer is long enough to be cut.
      'files/noise.txt': Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256)),
    }),
  );
}

/** An HTTP repository and an OCI registry in one, behind Node's own server, with faults on demand. */
export async function startChartServer(tls?: { readonly key: string; readonly cert: string }): Promise<ChartServer> {
  const log: SeenRequest[] = [];
  const files = new Map<string, Buffer>();
  const entries = new Map<string, string[]>();
  const sockets = new Set<Socket>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const { authorization, range } = request.headers;
    const seen = { url: request.url ?? '', authorization, range };
    log.push(seen);
    const fault = server.fault(seen);
    if (fault?.do === 'hang') return;
    if (fault?.do === 'answer') {
      response.writeHead(fault.status, fault.headers).end(fault.body ?? 'broken on purpose');
      return;
    }
    if (server.login !== undefined && !isKnown(seen, response)) return;
    const { pathname } = new URL(seen.url, server.url);
    if (pathname === '/token') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token }));
      return;
    }
    const bytes = files.get(pathname);
    if (bytes === undefined) response.writeHead(404).end('nothing here');
    else sendFile(response, { bytes, range, pathname, ...(fault?.do === 'cut' && { cutAfter: fault.bytes }) });
  };
  /** Basic, or with tokens: Basic for /token and Bearer for the rest. */
  const isKnown = ({ url, authorization }: SeenRequest, response: ServerResponse): boolean => {
    const basic = `Basic ${Buffer.from(server.login ?? '').toString('base64')}`;
    const meant = server.hasTokens && !url.startsWith('/token') ? `Bearer ${token}` : basic;
    if (authorization === meant) return true;
    const bearer = `Bearer realm="${server.url}/token",service="charts",scope="repository:x:pull"`;
    // Both ways in, as Gitea names them.
    const asks = [...(server.hasTokens ? [bearer] : []), 'Basic realm="charts"'];
    response.writeHead(401, { 'www-authenticate': asks }).end('who are you?');
    return false;
  };
  const http = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  http.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: ChartServer = {
    url: `${tls === undefined ? 'http' : 'https'}://${host}`,
    host,
    log,
    files,
    fault: () => undefined,
    login: undefined,
    hasTokens: false,
    add: (name, version, { url = `charts/${name}-${version}.tgz`, digest, text, provenance } = {}) => {
      const bytes = sampleChart(name, version, text);
      files.set(`/charts/${name}-${version}.tgz`, bytes);
      entries.set(name, [
        ...(entries.get(name) ?? []),
        `  - name: ${name}\n    version: ${version}\n    digest: ${digest ?? sha256(bytes).slice(7)}\n    urls: ["${url}"]\n`,
      ]);
      const index = [...entries].map(([each, lines]) => `  ${each}:\n${lines.join('')}`).join('');
      files.set('/index.yaml', Buffer.from(`apiVersion: v1\nentries:\n${index}`));
      files.set(`/v2/charts/${name}/blobs/${sha256(bytes)}`, bytes);
      const layer = {
        mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
        digest: sha256(bytes),
        size: bytes.length,
      };
      const signed = provenance === undefined ? [] : [Buffer.from(provenance)];
      for (const each of signed) {
        files.set(`/charts/${name}-${version}.tgz.prov`, each);
        files.set(`/v2/charts/${name}/blobs/${sha256(each)}`, each);
      }
      const layers = [
        layer,
        ...signed.map((each) => ({
          mediaType: 'application/vnd.cncf.helm.chart.provenance.v1.prov',
          digest: sha256(each),
          size: each.length,
        })),
      ];
      files.set(
        `/v2/charts/${name}/manifests/${version.replaceAll('+', '_')}`,
        Buffer.from(JSON.stringify({ schemaVersion: 2, layers })),
      );
      return sha256(bytes);
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        http.close(() => done());
      }),
  };
  files.set('/v2/', Buffer.from('{}'));
  return server;
}

interface SentFile {
  readonly bytes: Buffer;
  readonly range: string | undefined;
  readonly pathname: string;
  /** Bytes after which the connection breaks. */
  readonly cutAfter?: number;
}

function sendFile(response: ServerResponse, { bytes, range, pathname, cutAfter }: SentFile): void {
  const [, from] = /^bytes=(\d+)-$/.exec(range ?? '') ?? [];
  const start = Number(from ?? 0);
  const isManifest = pathname.includes('/manifests/');
  const rest = bytes.subarray(start);
  response.writeHead(from === undefined ? 200 : 206, {
    etag: `"${sha256(bytes)}"`,
    'content-type': isManifest ? 'application/vnd.oci.image.manifest.v1+json' : 'application/octet-stream',
    'content-length': rest.length,
    ...(from !== undefined && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
  });
  if (cutAfter === undefined) response.end(rest);
  else response.write(rest.subarray(0, cutAfter), () => response.destroy());
}
