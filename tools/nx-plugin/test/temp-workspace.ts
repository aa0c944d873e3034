import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, relative, sep } from 'node:path';

const root = realpathSync(join(import.meta.dirname, '../../..'));

/** What a command left behind. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A workspace of its own in the temporary folder: this one's tools, npm packages and settings, and the given inputs. */
export interface TempWorkspace {
  readonly root: string;
  nx(args: readonly string[], env?: Readonly<Record<string, string>>): Run;
  command(file: string, args: readonly string[], env?: Readonly<Record<string, string>>): Run;
  write(file: string, text: string): void;
  read(file: string): string;
  remove(file: string): void;
  /** Puts a copy of an installed package in the place of the link to it. */
  copyPackage(name: string): void;
  /** Commits all that is not ignored. */
  commit(): void;
  close(): void;
}

/** Makes a workspace with the given files; the caller closes it. Commands run without Nx's daemon unless told otherwise. */
export function makeTempWorkspace(files: Readonly<Record<string, string>>): TempWorkspace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fluxwright-workspace-')));
  for (const name of [
    'package.json',
    'package-lock.json',
    'nx.json',
    'biome.json',
    'tsconfig.base.json',
    '.gitignore',
  ]) {
    cpSync(join(root, name), join(folder, name));
  }
  copyTools(folder);
  linkPackages(folder);
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: folder });
  };
  git('init', '--quiet', '--initial-branch=main');
  const command: TempWorkspace['command'] = (file, args, env = {}) => {
    const run = spawnSync(file, args, { cwd: folder, encoding: 'utf8', env: environment(env), maxBuffer: 2 ** 28 });
    if (run.error) throw run.error;
    return { code: run.status ?? -1, stdout: run.stdout, stderr: run.stderr };
  };
  return {
    root: folder,
    command,
    nx: (args, env) => command(process.execPath, [join(folder, 'node_modules/nx/dist/bin/nx.js'), ...args], env),
    write,
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    remove: (file) => rmSync(join(folder, file), { recursive: true }),
    copyPackage: (name) => {
      const at = join(folder, 'node_modules', name);
      const real = realpathSync(at);
      unlinkSync(at);
      cpSync(real, at, { recursive: true });
    },
    commit: () => {
      git('add', '--all');
      git('commit', '--quiet', '--message=State');
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Copies, no links: Nx hashes files, and does not follow links to do so. */
function copyTools(folder: string): void {
  const tools = new Set(['e2e', 'bench', 'testing']);
  const parts = new Set(['go', 'generate', 'fixtures', 'test']);
  const isSkipped = (source: string): boolean => {
    const [tool = '', part = '', ...below] = relative(join(root, 'tools'), source).split(sep);
    return tools.has(tool) || (below.length === 0 && parts.has(part)) || basename(source) === 'node_modules';
  };
  cpSync(join(root, 'tools'), join(folder, 'tools'), {
    recursive: true,
    filter: (source) => !isSkipped(source) && !source.endsWith('.test.ts'),
  });
  for (const tool of readdirSync(join(folder, 'tools'))) {
    const nested = join(root, 'tools', tool, 'node_modules');
    if (existsSync(nested)) symlinkSync(nested, join(folder, 'tools', tool, 'node_modules'));
  }
}

/** Installed packages are links to this workspace's; our own packages are links to the copies. */
function linkPackages(folder: string): void {
  const link = (name: string): void => {
    const from = join(root, 'node_modules', name);
    const to = join(folder, 'node_modules', name);
    mkdirSync(dirname(to), { recursive: true });
    const real = realpathSync(from);
    const ours = real.startsWith(join(root, 'tools/'));
    symlinkSync(ours ? join(folder, real.slice(root.length + 1)) : from, to);
  };
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@fluxwright') for (const own of readdirSync(join(root, 'node_modules', name))) link(`${name}/${own}`);
    else if (name !== '@fluxwright-components') link(name);
  }
}

/**
 * The caller's environment without what an Nx or vitest around this one has set. Plugins run in the process of Nx unless told
 * otherwise: a process for each of them is a quarter of what a command costs here.
 */
function environment(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const outer = Object.entries(process.env).filter(
    ([key]) => !/^(NX_|VITEST|NODE_OPTIONS$|FORCE_COLOR$|CI$)/.test(key),
  );
  const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
  const settings = { NX_DAEMON: 'false', NX_TUI: 'false', NX_ISOLATE_PLUGINS: 'false' };
  return { ...Object.fromEntries(outer), PATH: path, ...settings, ...env };
}
