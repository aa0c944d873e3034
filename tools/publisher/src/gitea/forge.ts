import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Api } from 'gitea-js';
import { Agent, fetch } from 'undici';
import type { Credential } from '../git/credential.ts';

/** A repository on a Gitea server, and a client for its API. */
export interface Forge {
  readonly api: Api<unknown>;
  /** The same API as another user. */
  readonly as: (credential: Credential) => Api<unknown>;
  /** Host and port, for messages. */
  readonly server: string;
  readonly owner: string;
  readonly repository: string;
}

export interface ForgeOptions {
  /** Clone URL of the repository. */
  readonly url: string;
  readonly credential: Credential | undefined;
  /** Address of the server where the clone URL does not say it: with SSH, or another host for git. */
  readonly address?: string;
  /** A file of CA certificates (PEM) to trust besides the system's. */
  readonly caFile?: string;
  /** Seconds a request may take; 30 by default. */
  readonly timeoutSeconds?: number;
}

/** A client for the repository of a clone URL: `<address>/<owner>/<repository>.git`, the address with any path before. */
export function openForge({ url, credential, address, caFile, timeoutSeconds = 30 }: ForgeOptions): Forge {
  const parsed = new URL(url);
  const parts = parsed.pathname.split('/').filter((part) => part !== '');
  const [owner = '', name = ''] = parts.slice(-2).map(decodeURIComponent);
  const host = parsed.protocol === 'ssh:' ? `https://${parsed.hostname}` : parsed.origin;
  const base = address?.replace(/\/+$/, '') ?? [host, ...parts.slice(0, -2)].join('/');
  const dispatcher = new Agent({
    ...(caFile !== undefined && { connect: { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] } }),
  });
  const apiOf = (user: Credential | undefined): Api<unknown> => {
    const ask = (async (input: string, init: { headers?: Record<string, string>; body?: unknown }) => {
      const form = init.body instanceof FormData ? new Response(init.body) : undefined;
      return fetch(input, {
        ...init,
        // A form of Node's is none that undici knows: it takes the bytes.
        ...(form && { body: Buffer.from(await form.arrayBuffer()) }),
        // The client leaves the type out where Gitea's description does.
        headers: {
          ...(init.body != null && { 'Content-Type': form?.headers.get('content-type') ?? 'application/json' }),
          ...init.headers,
          ...authorization(user),
        },
        // A redirect could carry the token to somebody else.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutSeconds * 1000),
        dispatcher,
      } as Parameters<typeof fetch>[1]);
    }) as unknown as typeof globalThis.fetch;
    return new Api({ baseUrl: `${base}/api/v1`, customFetch: ask, baseApiParams: { format: 'json' } });
  };
  return {
    api: apiOf(credential),
    as: apiOf,
    server: new URL(base).host,
    owner: encodeURIComponent(owner),
    repository: encodeURIComponent(name.replace(/\.git$/, '')),
  };
}

/** Gitea takes a token as the password of any name, and the real password of a user, both as Basic. */
function authorization(credential: Credential | undefined): Record<string, string> {
  if (credential === undefined) return {};
  const pair = Buffer.from(`${credential.username}:${credential.token}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}
