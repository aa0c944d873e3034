import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface GitServer {
  readonly url: string;
  /** git in the bare repository. */
  git(...parameters: readonly string[]): string;
  /** A commit of one file on top of another, as a branch. Its id. */
  commit(branch: string, onto: string | undefined, text: string): string;
  close(): Promise<void>;
}

/** A real git server over HTTP (git http-backend) with one bare repository, for whoever says `user` and `word`. */
export async function gitServer(): Promise<GitServer> {
  const root = mkdtempSync(path.join(tmpdir(), 'failover-git-'));
  const folder = path.join(root, 'home.git');
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder]);
  const git = (...parameters: readonly string[]): string =>
    execFileSync('git', ['-C', folder, ...parameters], { encoding: 'utf8' }).trim();
  git('config', 'http.receivepack', 'true');
  git('config', 'receive.denyNonFastForwards', 'true');
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://git');
    if (request.headers.authorization !== `Basic ${Buffer.from('user:word').toString('base64')}`)
      return void response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    const child = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        REMOTE_USER: 'user',
        PATH_INFO: pathname,
        QUERY_STRING: searchParams.toString(),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
    });
    request.pipe(child.stdin);
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('close', () => {
      const answer = Buffer.concat(parts);
      const end = answer.indexOf('\r\n\r\n');
      const headers = Object.fromEntries(
        answer
          .subarray(0, end)
          .toString()
          .split('\r\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      response.writeHead(Number.parseInt(headers.Status ?? '200', 10), headers).end(answer.subarray(end + 4));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/home.git`,
    git,
    commit(branch, onto, text) {
      const blob = execFileSync('git', ['-C', folder, 'hash-object', '-w', '--stdin'], { input: text })
        .toString()
        .trim();
      const tree = execFileSync('git', ['-C', folder, 'mktree'], { input: `100644 blob ${blob}\ttree.yaml\n` });
      const parents = onto === undefined ? [] : ['-p', onto];
      const id = git(...who, 'commit-tree', tree.toString().trim(), ...parents, '-m', text);
      git('update-ref', `refs/heads/${branch}`, id);
      return id;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(root, { recursive: true, force: true });
    },
  };
}
