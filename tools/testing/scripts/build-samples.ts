import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { compile } from '@fluxwright/compiler';
import { formatDiagnostics, hasErrors } from '@fluxwright/diagnostics';
import { makeSampleWorkspace } from '../src/catalogue/sample-workspace.ts';

// npx nx run testing:samples [--args="titan fuse"]: compiles the clusters of samples/ into samples/generated, which git does not keep.

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'samples-'));
try {
  const names = makeSampleWorkspace(root, folder);
  const asked = process.argv.slice(2);
  const begun = performance.now();
  const charts = process.env.FLUXWRIGHT_CHARTS ?? path.join(root, 'charts');
  const { clusters, diagnostics, sources } = await compile({
    root: folder,
    output: path.join(root, 'samples/generated'),
    clusters: asked.length > 0 ? asked : names,
    ...(existsSync(charts) && { charts: path.resolve(root, charts) }),
  });
  process.stderr.write(formatDiagnostics(diagnostics, 'text', { sources }));
  for (const { name, objects } of clusters) process.stdout.write(`${name}: ${objects} objects\n`);
  const memory = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    `${((performance.now() - begun) / 1000).toFixed(1)} s, ${memory.toFixed(0)} MiB at most; trees are in samples/generated\n`,
  );
  process.exitCode = hasErrors(diagnostics) ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
