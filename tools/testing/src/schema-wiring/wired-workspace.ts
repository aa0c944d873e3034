import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LineContext } from '@fluxwright/compiler';
import type { JsonObject } from '@fluxwright/documents';
import { parse } from 'yaml';
import type { OutputFile } from '../../../compiler/src/data/output-tree.ts';
import { openCharts } from '../../../compiler/src/engines/chart-library.ts';
import { openEngines } from '../../../compiler/src/engines/engines.ts';
import { unobserved } from '../../../compiler/src/line/observe.ts';
import { makeRenderCache } from '../../../compiler/src/render/render-cache.ts';
import { packChart } from '../../../compiler/test/pack-chart.ts';
import { type Observed, observeWorkspace } from './observe-workspace.ts';

/** A copy of fixtures/wired: a workspace that sets every property of every manifest. */
export interface WiredWorkspace {
  readonly root: string;
  readonly context: LineContext;
  /** Its manifests and test cases, by path from the root. */
  readonly manifests: ReadonlyMap<string, JsonObject>;
  write(file: string, manifest: JsonObject): void;
  observe(): AsyncGenerator<Observed>;
  close(): void;
}

const fixture = join(import.meta.dirname, '../../fixtures/wired');

/** Copies the workspace, packs its chart, and makes the trees that its clusters had before. */
export async function openWiredWorkspace(): Promise<WiredWorkspace> {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-wired-'));
  for (const folder of ['components', 'products', 'clusters'])
    cpSync(join(fixture, folder), join(root, folder), { recursive: true });
  cpSync(join(fixture, 'charts'), join(root, 'charts'), { recursive: true });
  writeFileSync(join(root, 'charts/store-1.2.3.tgz'), packChart('store', textsIn(join(fixture, 'charts/store'))));
  rmSync(join(root, 'charts/store'), { recursive: true });
  const context: LineContext = {
    cache: makeRenderCache(),
    engines: openEngines({ charts: openCharts(root, 'charts') }),
    observe: unobserved,
  };
  const write = (file: string, manifest: JsonObject): void =>
    writeFileSync(join(root, file), JSON.stringify(manifest, null, 2));
  const paths = Object.keys(textsIn(root)).filter((path) => isManifest.test(path));
  const manifests = new Map(paths.sort().map((path) => [path, parse(readFileSync(join(root, path), 'utf8'))]));
  for (const [path, manifest] of manifests) write(path, manifest);

  const previous = new Map<string, readonly OutputFile[]>();
  cpSync(join(fixture, 'before'), root, { recursive: true });
  for await (const _ of observeWorkspace(root, {
    context,
    previous,
    onTree: ({ cluster, files }) => previous.set(cluster, files),
  }));
  for (const path of Object.keys(textsIn(join(fixture, 'before')))) cpSync(join(fixture, path), join(root, path));
  return {
    root,
    context,
    manifests,
    write,
    observe: () => observeWorkspace(root, { context, previous }),
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

const isManifest = /\/(component|product|cluster|defaults|tests\/[^/]+)\.yaml$/;

function textsIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}
