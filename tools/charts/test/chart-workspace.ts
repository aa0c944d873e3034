import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A workspace in a folder of its own, with a home and a cache beside it. */
export interface ChartWorkspace {
  readonly root: string;
  /** An environment with nothing of this machine but PATH. */
  readonly environment: Record<string, string | undefined>;
  /** Writes a component with a chart, or with a source. */
  readonly component: (name: string, spec: Readonly<Record<string, unknown>>) => void;
  readonly write: (file: string, text: string | Uint8Array) => void;
  readonly read: (file: string) => Buffer;
  readonly exists: (file: string) => boolean;
  /** Files below a folder of the workspace, sorted. */
  readonly list: (folder: string) => readonly string[];
  /** A file of the home, absolute. */
  readonly home: (file: string, text: string) => string;
  readonly forgetCache: () => void;
  readonly close: () => void;
}

export function makeChartWorkspace(): ChartWorkspace {
  const base = mkdtempSync(join(tmpdir(), 'fluxwright-charts-'));
  const root = join(base, 'workspace');
  const write = (file: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const home = (file: string, text: string): string => {
    const path = join(base, 'home', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  write('nx.json', '{}');
  home('.keep', '');
  return {
    root,
    environment: {
      PATH: process.env.PATH,
      HOME: join(base, 'home'),
      XDG_CACHE_HOME: join(base, 'cache'),
      GIT_CONFIG_NOSYSTEM: '1',
    },
    component: (name, spec) => {
      const text = { title: name, description: 'For tests.', namespace: name, ...spec };
      const head = `apiVersion: fluxwright.dev/v1\nkind: Component\nmetadata:\n  name: ${name}\nspec:\n`;
      const lines = Object.entries(text).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
      write(`components/${name}/component.yaml`, head + lines.join(''));
      write(`components/${name}/package.json`, `{"name": "${name}", "version": "1.0.0"}`);
      write(`components/${name}/values.schema.json`, '{"type": "object", "additionalProperties": false}');
    },
    write,
    read: (file) => readFileSync(join(root, file)),
    exists: (file) => existsSync(join(root, file)),
    list: (folder) =>
      existsSync(join(root, folder))
        ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
            .filter((entry) => !entry.isDirectory())
            .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1))
            .sort()
        : [],
    home,
    forgetCache: () => rmSync(join(base, 'cache'), { recursive: true, force: true }),
    close: () => rmSync(base, { recursive: true, force: true }),
  };
}
