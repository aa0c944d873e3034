import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { allow, type Parts } from './allow.ts';
import { proofIn } from './identify.ts';
import { publicKeys } from './issuer.ts';
import { Refusal } from './refusal.ts';

/** What stands before the path of each call that the Gateway asks about. */
const prefix = '/check';

/**
 * Answers the Gateway (Envoy's HTTP interface for external authorisation: the call's own method, path and host): 200 lets the
 * call through and tells its backend who calls, anything else is the answer. What cannot be found out is 503.
 */
export function makeServer(parts: Parts): Server {
  return createServer((request, response) => {
    handle(parts, request, response).catch((error: unknown) => {
      if (error instanceof Refusal) return refuse(response, error);
      console.error(error instanceof Error ? error.message : String(error));
      reply(response, 503, { error: 'temporarily_unavailable' });
    });
  });
}

async function handle(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path === '/healthz') return reply(response, 200, { status: 'ok' });
  if (path === '/readyz') {
    await parts.store.ping();
    return reply(response, 200, { status: 'ok' });
  }
  if (path === '/keys') return reply(response, 200, await publicKeys(parts.settings.client));
  if (path !== prefix && !path.startsWith(`${prefix}/`)) return reply(response, 404, { error: 'not_found' });
  const { authorization, host = '' } = request.headers;
  const { caller, counted } = await allow(parts, {
    method: request.method ?? 'GET',
    host,
    path: path.slice(prefix.length) || '/',
    authorization,
    proof: proofIn(request.headers),
  });
  reply(
    response,
    200,
    { status: 'ok' },
    {
      'x-token-client': caller.client,
      'x-token-subject': caller.subject,
      'x-token-scopes': [...caller.scopes].join(' '),
      'x-quota-left': String(counted.left),
    },
  );
}

function refuse(response: ServerResponse, { status, error, message, headers }: Refusal): void {
  const challenge: Record<string, string> =
    status === 401 ? { 'www-authenticate': `DPoP error="${error}", algs="PS256 ES256 EdDSA"` } : {};
  reply(response, status, { error, error_description: message }, { ...challenge, ...headers });
}

function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
