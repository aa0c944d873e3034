import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A user of the server. */
export const user = { name: 'publisher', token: '0123456789abcdef0123456789abcdef01234567' } as const;

export interface Request {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
}

/** What a fault does to a request: an answer of its own, or a limit on the true one. */
export type Fault =
  | { readonly do: 'answer'; readonly status: number; readonly body?: string }
  | { readonly do: 'hang' }
  | { readonly do: 'cut'; readonly bytes: number }
  /** The repository takes the request; the client never learns how it went. */
  | { readonly do: 'lose-answer' }
  /** The same, and what comes back is no answer git knows. */
  | { readonly do: 'garble-answer' };

export interface GitServer {
  readonly url: string;
  /** Folder of the bare repositories. */
  readonly root: string;
  /** Requests so far. */
  readonly log: readonly Request[];
  /** Decides, for each request, whether something goes wrong. */
  fault: (request: Request) => Fault | undefined;
  /** Makes a bare repository, with options of git-init(1), and returns its URL. */
  create: (name: string, ...options: readonly string[]) => string;
  /** Runs git in a repository and returns what it prints. */
  git: (name: string, ...args: readonly string[]) => string;
  /** Commits files to a branch on the server's own disk, as somebody else would. */
  seed: (name: string, branch: string, files: Readonly<Record<string, string>>) => void;
  /** Runs a stream of git-fast-import(1) in a repository. */
  import: (name: string, stream: string) => void;
  /** Resolves when no request is being served: a client that is gone may have left work. */
  idle: () => Promise<void>;
  /** Bytes of all answers so far. */
  readonly sent: () => number;
  /** Puts a hook into a repository. */
  hook: (name: string, hook: string, script: string) => void;
  close: () => Promise<void>;
}

export interface ServerOptions {
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Whoever has no token may read nothing; true by default. */
  readonly authenticate?: boolean;
  readonly filter?: boolean;
}

/** git's own http-backend behind Node's HTTP server, with faults on demand. Every repository takes pushes. */
export async function startGitServer({
  tls,
  authenticate = true,
  filter = true,
}: ServerOptions = {}): Promise<GitServer> {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-server-'));
  const log: Request[] = [];
  let active = 0;
  const sockets = new Set<Socket>();
  const counts = new Map<Socket, number>();
  const backend = join(spawnSync('git', ['--exec-path'], { encoding: 'utf8' }).stdout.trim(), 'git-http-backend');
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const asked = { method: request.method ?? '', url: request.url ?? '' };
    log.push(asked);
    const fault = server.fault(asked);
    if (fault?.do === 'hang') return;
    if (fault?.do === 'answer') {
      request.resume();
      response.writeHead(fault.status).end(fault.body ?? 'broken on purpose\n');
      return;
    }
    if (authenticate && !isKnown(request)) {
      request.resume();
      response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
      return;
    }
    serve(request, response, fault);
  };
  const serve = (request: IncomingMessage, response: ServerResponse, fault: Fault | undefined): void => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const child = spawn(backend, [], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_NOSYSTEM: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'],
        CONTENT_LENGTH: request.headers['content-length'],
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
        GIT_PROTOCOL: request.headers['git-protocol'] as string | undefined,
        REMOTE_USER: user.name,
        REMOTE_ADDR: '127.0.0.1',
      },
    });
    active += 1;
    child.on('close', () => {
      active -= 1;
    });
    child.stdin.on('error', () => {});
    request.pipe(child.stdin);
    // Without an end git would wait for the rest of a request whose sender is gone.
    request.on('close', () => child.stdin.end());
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => answer(Buffer.concat(chunks), response, fault));
  };
  const listener = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  listener.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      counts.set(socket, socket.bytesWritten);
      sockets.delete(socket);
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const git = (name: string, ...args: readonly string[]): string => {
    const run = spawnSync('git', ['-C', join(root, `${name}.git`), ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (run.status !== 0) throw new Error(`git ${args.join(' ')}: ${run.stderr}`);
    return run.stdout;
  };
  const base = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const server: GitServer = {
    url: base,
    root,
    log,
    fault: () => undefined,
    create: (name, ...options) => {
      spawnSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', ...options, join(root, `${name}.git`)]);
      git(name, 'config', 'http.receivepack', 'true');
      git(name, 'config', 'uploadpack.allowFilter', String(filter));
      return `${base}/${name}.git`;
    },
    git,
    idle: async () => {
      while (active > 0) await pause(5);
    },
    sent: () => [...counts.values()].reduce((sum, each) => sum + each, 0),
    seed: (name, branch, files) => {
      const exists = git(name, 'for-each-ref', `refs/heads/${branch}`) !== '';
      const parts = Object.entries(files).map(
        ([path, text]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
      );
      const input = `commit refs/heads/${branch}\ncommitter Else <else@example.com> 1 +0000\ndata 4\nElse\n${
        exists ? `from refs/heads/${branch}^0\n` : ''
      }${parts.join('')}\n`;
      server.import(name, input);
    },
    import: (name, input) => {
      const run = spawnSync('git', ['-C', join(root, `${name}.git`), 'fast-import', '--quiet'], { input });
      if (run.status !== 0) throw new Error(run.stderr.toString());
    },
    hook: (name, hook, script) => {
      writeFileSync(join(root, `${name}.git`, 'hooks', hook), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
      rmSync(root, { recursive: true, force: true });
    },
  };
  return server;
}

function isKnown(request: IncomingMessage): boolean {
  const [, encoded = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  return Buffer.from(encoded, 'base64').toString('utf8').endsWith(`:${user.token}`);
}

/** A CGI answer (RFC 3875, 6): headers, an empty line, the body. */
function answer(output: Buffer, response: ServerResponse, fault: Fault | undefined): void {
  if (fault?.do === 'lose-answer') {
    response.socket?.destroy();
    return;
  }
  if (fault?.do === 'garble-answer') {
    response.writeHead(200, { 'content-type': 'application/x-git-receive-pack-result' }).end('0004');
    return;
  }
  const end = output.indexOf('\r\n\r\n');
  const headers = output.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
  let status = 200;
  for (const line of headers) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else if (name !== '') response.setHeader(name, value);
  }
  const body = output.subarray(end + 4);
  if (fault?.do !== 'cut') {
    response.writeHead(status).end(body);
    return;
  }
  response.setHeader('content-length', body.length);
  response.writeHead(status);
  response.write(body.subarray(0, fault.bytes), () => response.socket?.destroy());
}
