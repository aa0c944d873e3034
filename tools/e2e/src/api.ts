import { readFileSync } from 'node:fs';
import { Agent, type RequestOptions, request } from 'node:https';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import type { KubernetesObject } from './kubectl.ts';
import type { Stack } from './stack.ts';

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: { server: string; 'certificate-authority': string } }];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

/** What the API server answers; the status is 0 where it cannot be reached. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One event of a watch. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubernetesObject;
}

/** The API server over one connection: what asks it often does not start a kubectl each time. */
export interface Api {
  get(path: string): Promise<ApiAnswer>;
  /** Creates an object at the path of its collection. */
  create(path: string, object: object): Promise<ApiAnswer>;
  /** A JSON merge patch (https://www.rfc-editor.org/rfc/rfc7386). */
  patch(path: string, patch: object): Promise<ApiAnswer>;
  remove(path: string): Promise<ApiAnswer>;
  /**
   * Watches the collection at a path, those that are there first, and begins anew when the server ends it. A kind that
   * the server does not know yet is asked for again. Returns how to stop.
   */
  watch(path: string, onEvent: (event: WatchEvent) => void): () => void;
}

function isEvent(event: Partial<WatchEvent>): event is WatchEvent {
  return event.type === 'ADDED' || event.type === 'MODIFIED' || event.type === 'DELETED';
}

/** The API server of the stack, with the rights of its kubeconfig. */
export function connectApi(stack: Stack): Api {
  const { clusters, users }: Kubeconfig = parse(readFileSync(stack.kubeconfig, 'utf8'));
  const { server, 'certificate-authority': file } = clusters[0].cluster;
  const ca = readFileSync(resolve(dirname(stack.kubeconfig), file));
  const agent = new Agent({ keepAlive: true, ca });
  const options = (method: string, type: string): RequestOptions => ({
    method,
    agent,
    headers: { authorization: `Bearer ${users[0].user.token}`, accept: 'application/json', 'content-type': type },
  });
  const ask = (path: string, method: string, body?: { readonly type: string; readonly value: object }) =>
    new Promise<ApiAnswer>((done) => {
      const failed = (error: Error): void => done({ status: 0, body: error.message });
      const call = request(`${server}/${path}`, options(method, body?.type ?? 'application/json'), (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', failed);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          done({ status: response.statusCode ?? 0, body: /^\{/.test(text) ? JSON.parse(text) : text });
        });
      });
      call.on('error', failed);
      call.end(body === undefined ? undefined : JSON.stringify(body.value));
    });
  return {
    get: (path) => ask(path, 'GET'),
    create: (path, value) => ask(path, 'POST', { type: 'application/json', value }),
    patch: (path, value) => ask(path, 'PATCH', { type: 'application/merge-patch+json', value }),
    remove: (path) => ask(path, 'DELETE'),
    watch: (path, onEvent) => {
      let stopped = false;
      let end = (): void => {};
      const begin = (): void => {
        if (stopped) return;
        const call = request(`${server}/${path}?watch=1&timeoutSeconds=3600`, options('GET', ''), (response) => {
          const lines = createInterface({ input: response });
          // Ended by the server or by us: `close` follows.
          lines.on('error', () => {});
          lines.on('line', (line) => {
            const event: Partial<WatchEvent> = /^\{/.test(line) ? JSON.parse(line) : {};
            // The server also sends what is no event: that it does not know the path, that the watch is too old.
            if (!stopped && isEvent(event)) onEvent(event);
          });
        });
        end = () => call.destroy();
        call.on('error', () => {});
        call.on('close', () => setTimeout(begin, 500));
        call.end();
      };
      begin();
      return () => {
        stopped = true;
        end();
      };
    },
  };
}
