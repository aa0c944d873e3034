import { request as forward, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** What becomes of an answer on its way. */
export type FrontFault =
  | { readonly do: 'answer'; readonly status: number; readonly headers?: Record<string, string> }
  | { readonly do: 'hang' }
  /** So many bytes of the body, and the connection breaks. */
  | { readonly do: 'cut'; readonly bytes: number }
  /** Another body of another length. */
  | { readonly do: 'change'; readonly to: (body: Buffer) => Buffer };

/** What a client asked the front for. */
export interface FrontRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export interface GiteaFront {
  readonly host: string;
  readonly log: FrontRequest[];
  /** Where Gitea listens; set once it does. */
  behind: string;
  fault: (request: FrontRequest) => FrontFault | undefined;
  readonly close: () => void;
}

/** TLS as an ingress has it, since manifests take no address without; with faults on demand. */
export async function startGiteaFront(tls: { readonly key: string; readonly cert: string }): Promise<GiteaFront> {
  const sockets = new Set<Socket>();
  const server = createServer(tls, (request, response) => {
    const seen = { url: request.url ?? '', headers: request.headers };
    front.log.push(seen);
    const fault = front.fault(seen);
    if (fault?.do === 'hang') return;
    if (fault?.do === 'answer') {
      response.writeHead(fault.status, fault.headers).end('broken on purpose');
      return;
    }
    const { hostname, port } = new URL(front.behind);
    const headers = { ...request.headers, 'x-forwarded-proto': 'https' };
    const asked = { hostname, port, method: request.method, path: request.url, headers };
    request.pipe(forward(asked, (answer) => void passOn(answer, response, fault)));
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const front: GiteaFront = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    log: [],
    behind: '',
    fault: () => undefined,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  return front;
}

async function passOn(
  answer: IncomingMessage,
  response: ServerResponse,
  fault: Extract<FrontFault, { readonly do: 'cut' | 'change' }> | undefined,
): Promise<void> {
  const { statusCode = 502, headers } = answer;
  if (fault === undefined) {
    response.writeHead(statusCode, headers);
    answer.pipe(response);
    return;
  }
  const body = Buffer.concat(await answer.toArray());
  if (fault.do === 'change') {
    const changed = fault.to(body);
    response.writeHead(statusCode, { ...headers, 'content-length': changed.length }).end(changed);
    return;
  }
  response.writeHead(statusCode, headers);
  response.write(body.subarray(0, fault.bytes), () => response.destroy());
}
