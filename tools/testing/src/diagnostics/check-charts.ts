import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compile } from '@fluxwright/compiler';
import type { CheckResult } from '@fluxwright/diagnostics/cases';
import { pullCharts, updateCharts, verifyCharts } from '../../../charts/src/index.ts';
import { type ChartServer, startChartServer } from '../../../charts/test/chart-server.ts';
import { makeCertificate } from '../../../publisher/test/certificate.ts';

/** What a case of charts says in its charts.json: the command, and what goes wrong at the server. */
interface ChartsCase {
  readonly run: 'update' | 'pull' | 'verify' | 'build';
  /** Runs `update` first, with a server that is well. */
  readonly isLocked?: boolean;
  readonly isOffline?: boolean;
  readonly server?: 'stopped' | 'broken' | 'wants a login';
  /** The server has another chart under the same version by then. */
  readonly isPublishedAnew?: boolean;
  /** A file where a folder should be. */
  readonly blocked?: string;
  /** Folder of the charts that a build is told; they are copied there from charts/pulled. */
  readonly charts?: string;
  /** Pulls what is locked, and adds a byte to it. */
  readonly isEdited?: boolean;
}

const shownHost = 'charts.example.com';

/** Findings of one command for charts with a real server, which the message calls charts.example.com. */
export async function checkCharts(root: string): Promise<CheckResult> {
  const asked: ChartsCase = JSON.parse(readFileSync(path.join(root, 'charts.json'), 'utf8'));
  const certificate = makeCertificate();
  const server = await startChartServer(certificate.pair);
  const home = path.join(root, '.home');
  const manifest = path.join(root, 'components/web/component.yaml');
  const shown = readFileSync(manifest, 'utf8');
  try {
    server.add('web', '1.2.0');
    mkdirSync(home);
    writeFileSync(manifest, shown.replaceAll(shownHost, server.host));
    const options = {
      root,
      environment: { PATH: process.env.PATH, HOME: home },
      caFile: certificate.file,
      idleSeconds: 5,
      backoff: 1,
    };
    if (asked.isLocked === true) {
      const { diagnostics } = await updateCharts(options);
      if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
      rmSync(path.join(home, '.cache'), { recursive: true });
    }
    if (asked.isEdited === true) await pullOther(options);
    if (asked.charts !== undefined) renameSync(path.join(root, 'charts/pulled'), path.join(root, asked.charts));
    if (asked.isPublishedAnew === true) republish(server);
    if (asked.blocked !== undefined) writeFileSync(path.join(root, asked.blocked), '');
    if (asked.server === 'broken') server.fault = () => ({ do: 'answer', status: 502 });
    if (asked.server === 'wants a login') server.login = 'ann:secret';
    if (asked.server === 'stopped') await server.close();
    const result = await {
      update: () => updateCharts(options),
      pull: () => pullCharts({ ...options, ...(asked.isOffline !== undefined && { offline: asked.isOffline }) }),
      verify: () => verifyCharts(options),
      build: () => compile({ root, write: false, ...(asked.charts !== undefined && { charts: asked.charts }) }),
    }[asked.run]();
    const hidden = JSON.stringify({ diagnostics: result.diagnostics, sources: [...result.sources] })
      .replaceAll(server.host, shownHost)
      .replaceAll(home, '/home/ann');
    const { diagnostics, sources } = JSON.parse(withoutDigests(hidden));
    return { diagnostics, sources: new Map(sources) };
  } finally {
    if (asked.server !== 'stopped') await server.close();
    rmSync(certificate.folder, { recursive: true, force: true });
  }
}

/** What a chart packs to differs with the zlib of Node. */
function withoutDigests(text: string): string {
  const known = [...new Set(text.match(/sha256:[0-9a-f]{64}/g))];
  return text.replaceAll(/sha256:[0-9a-f]{64}/g, (digest) => `sha256:${String(known.indexOf(digest)).repeat(64)}`);
}

async function pullOther(options: Parameters<typeof pullCharts>[0]): Promise<void> {
  await pullCharts(options);
  appendFileSync(path.join(options.root, 'charts/pulled/web-1.2.0.tgz'), 'x');
}

function republish(server: ChartServer): void {
  server.files.delete('/index.yaml');
  server.add('web', '1.2.0', { text: 'changed' });
  const index = server.files.get('/index.yaml')?.toString().split('  - name:') ?? [];
  server.files.set('/index.yaml', Buffer.from([index[0], index.at(-1)].join('  - name:')));
}
