import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a store misbehaves. */
export type Manner =
  | 'honest'
  | 'ignores if-none-match'
  | 'ignores if-match'
  | 'stale reads'
  | 'hangs'
  | 'unavailable'
  | 'answers late';

/**
 * A stand-in of an object store: it speaks as much of S3's interface as a lease needs, by Amazon's documentation of
 * conditional writes, and looks at no signature. It is no proof of what any real store does: `storeFault` asks that of it.
 */
export class StandInStore {
  manner: Manner = 'honest';
  readonly objects = new Map<string, { readonly body: string; readonly etag: string }>();
  readonly requests: { readonly method: string; readonly signed: boolean }[] = [];
  #before = new Map<string, { readonly body: string; readonly etag: string }>();
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/pair/lease`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    let body = '';
    for await (const chunk of request) body += chunk;
    this.requests.push({ method, signed: headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') === true });
    if (this.manner === 'hangs') return;
    if (this.manner === 'unavailable') return void response.writeHead(503).end();
    const answer = (status: number, etag?: string, text = ''): void => {
      const send = (): void => void response.writeHead(status, etag === undefined ? {} : { etag }).end(text);
      if (this.manner === 'answers late') setTimeout(send, 400);
      else send();
    };
    const there = this.objects.get(url);
    if (method === 'GET') {
      const seen = this.manner === 'stale reads' ? (this.#before.get(url) ?? there) : there;
      return seen === undefined
        ? answer(404, undefined, '<Error><Code>NoSuchKey</Code></Error>')
        : answer(200, seen.etag, seen.body);
    }
    if (method === 'DELETE') {
      this.objects.delete(url);
      return answer(204);
    }
    if (this.#refuses(headers, there?.etag)) return answer(412);
    if (there !== undefined) this.#before.set(url, there);
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    this.objects.set(url, { body, etag });
    answer(200, etag);
  }

  #refuses(headers: IncomingMessage['headers'], etag: string | undefined): boolean {
    if (headers['if-none-match'] === '*') return etag !== undefined && this.manner !== 'ignores if-none-match';
    const { 'if-match': wanted } = headers;
    return wanted !== undefined && wanted !== etag && this.manner !== 'ignores if-match';
  }
}
