import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type RunResult, run, tryRun } from './run.ts';

const root = resolve(import.meta.dirname, '../../..');
const program = join(root, 'tools/cli/bin/fluxwright.js');

/** The sources of this workspace in a folder and a git repository of their own, to be changed as a user changes them. */
export interface WorkspaceCopy {
  readonly root: string;
  /** Replaces text of a source file; throws where it is not there. */
  edit(path: string, from: string, to: string): void;
  /** Copies a component of tools/e2e/fixtures under a name that takes the place of its own wherever it stands. */
  addComponent(fixture: string, name: string): void;
  /** Gives a component another name, as little as that takes: folder, manifest, package, and whoever names it in `users`. */
  renameComponent(name: string, to: string, users: readonly string[]): void;
  /** Runs the command line of this workspace in the copy. */
  fluxwright(...args: string[]): Promise<RunResult>;
  /** Commits all there is, generated/ included. */
  commit(message: string): Promise<void>;
  remove(): void;
}

/** Copies components/, products/ and clusters/. Nothing is built yet. */
export async function copyWorkspace(): Promise<WorkspaceCopy> {
  const copy = mkdtempSync(join(tmpdir(), 'fluxwright-e2e-workspace-'));
  for (const folder of ['components', 'products', 'clusters']) {
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      filter: (path) => !path.endsWith('node_modules'),
    });
  }
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...args: string[]): Promise<string> =>
    run('git', ['-c', 'user.name=e2e', '-c', 'user.email=e2e@example.invalid', ...args], { cwd: copy, env });
  await git('init', '--quiet', '--initial-branch=main');
  const edit = (path: string, from: string, to: string): void => {
    const text = readFileSync(join(copy, path), 'utf8');
    if (!text.includes(from)) throw new Error(`${path} does not say ${JSON.stringify(from)}`);
    writeFileSync(join(copy, path), text.replaceAll(from, to));
  };
  return {
    root: copy,
    edit,
    addComponent: (fixture, name) => {
      const folder = join(copy, 'components', name);
      cpSync(join(import.meta.dirname, '../fixtures', fixture), folder, { recursive: true });
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const file = join(entry.parentPath, entry.name);
        writeFileSync(file, readFileSync(file, 'utf8').replaceAll(fixture, name));
      }
    },
    renameComponent: (name, to, users) => {
      cpSync(join(copy, 'components', name), join(copy, 'components', to), { recursive: true });
      rmSync(join(copy, 'components', name), { recursive: true });
      edit(`components/${to}/component.yaml`, `metadata:\n  name: ${name}\n`, `metadata:\n  name: ${to}\n`);
      edit(`components/${to}/package.json`, `@fluxwright-components/${name}"`, `@fluxwright-components/${to}"`);
      for (const user of users) {
        const text = readFileSync(join(copy, user), 'utf8');
        writeFileSync(join(copy, user), text.replace(new RegExp(`^( *- (?:name: )?)${name}$`, 'm'), `$1${to}`));
      }
    },
    fluxwright: (...args) => tryRun(process.execPath, [program, '--root', copy, ...args]),
    commit: async (message) => {
      await git('add', '--all');
      await git('commit', '--quiet', '--allow-empty', `--message=${message}`);
    },
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}
