import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import type { Diagnostic } from '@fluxwright/diagnostics';
import type { CheckResult } from '@fluxwright/diagnostics/cases';
import { diffClusters, publishClusters } from '@fluxwright/publisher';
import { type GitServer, startGitServer, user } from '../../../publisher/test/git-server.ts';
import { pointTo, shownHost } from './point-to.ts';

/** What a case of publish says in its publish.json: the state of the server, and what goes wrong. */
interface PublishCase {
  readonly repository?: 'missing';
  /** Branch → path → text. */
  readonly branches?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly server?: 'stopped' | 'broken' | 'without scope';
  /** Script of a pre-receive hook. */
  readonly hook?: string;
  readonly token?: string;
  /** Files that change after the build. */
  readonly edit?: Readonly<Record<string, string>>;
  readonly plan?: 'of another state';
  /** It is published once before, and a Failover Controller takes over. */
  readonly failover?: 'taken';
  readonly mode?: 'push' | 'pull-request';
  readonly gitConfig?: string;
}

/** Findings of one publish to a real git server, which the message calls git.example.com. */
export async function checkPublish(root: string): Promise<CheckResult> {
  const asked: PublishCase = JSON.parse(readFileSync(path.join(root, 'publish.json'), 'utf8'));
  const server = await startGitServer();
  const home = mkdtempSync(path.join(tmpdir(), 'fluxwright-home-'));
  try {
    if (asked.repository !== 'missing') server.create('platform/fleet');
    for (const [branch, files] of Object.entries(asked.branches ?? {})) server.seed('platform/fleet', branch, files);
    if (asked.hook !== undefined) server.hook('platform/fleet', 'pre-receive', asked.hook);
    pointTo(root, server);
    await compile({ root });
    for (const [file, text] of Object.entries(asked.edit ?? {})) writeFileSync(path.join(root, file), text);
    const config = path.join(home, 'config');
    writeFileSync(config, asked.gitConfig ?? '');
    const environment = {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: config,
      GIT_CONFIG_NOSYSTEM: '1',
      FLUXWRIGHT_GIT_TOKEN: asked.token ?? user.token,
    };
    const plans = asked.plan && (await otherPlans(root, environment));
    breakServer(server, asked.server);
    if (asked.server === 'stopped') await server.close();
    const { mode = 'push' } = asked;
    const publish = () => publishClusters({ root, mode, environment, idleSeconds: 5, ...(plans && { plans }) });
    if (asked.failover === 'taken') {
      await publish();
      server.git('platform/fleet', 'update-ref', 'refs/heads/main', 'refs/heads/failover');
    }
    const result = await publish();
    return { diagnostics: withoutPort(result.diagnostics, server.url), sources: result.sources };
  } finally {
    if (asked.server !== 'stopped') await server.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function otherPlans(root: string, environment: NodeJS.ProcessEnv) {
  const { plans } = await diffClusters({ root, environment });
  return plans.map((plan) => ({ ...plan, base: { commit: '0'.repeat(40), folder: '0'.repeat(40) } }));
}

function breakServer(server: GitServer, how: PublishCase['server']): void {
  const scopes = JSON.stringify({
    message: 'token does not have at least one of required scope(s): [write:repository]',
  });
  server.fault = ({ url }) => {
    if (how === 'broken') return { do: 'answer', status: 502 };
    if (how === 'without scope' && url.startsWith('/api/')) return { do: 'answer', status: 403, body: scopes };
    return undefined;
  };
}

/** The server has another port each time. */
function withoutPort(diagnostics: readonly Diagnostic[], url: string): readonly Diagnostic[] {
  const { host, port } = new URL(url);
  const text = JSON.stringify(diagnostics)
    .replaceAll(url, `https://${shownHost}`)
    .replaceAll(host, shownHost)
    .replaceAll(`127.0.0.1 port ${port} after`, `${shownHost} port 443 after`)
    .replaceAll(/after \d+ ms/g, 'after 3 ms');
  return JSON.parse(text);
}
