import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { patchFlag } from './patch-modules.ts';
import { overlayFlag, type StandardChanges } from './standard-overlay.ts';

const run = promisify(execFile);

/** A Go module that is a WebAssembly guest. Paths are absolute. */
export interface GuestSource extends StandardChanges {
  /** The engine's name: the file is `<name>.wasm.zst`. */
  readonly name: string;
  /** The folder with go.mod and the main package. */
  readonly goFolder: string;
}

/**
 * Compiles `source` for wasip1, the same bytes on every machine: fixed flags, no paths, no version control stamp, and the
 * Go release that go.mod names as its toolchain. go.mod alone pins the versions (the workspace file is not used).
 * Throws an Error when the installed Go is another release, or with what the compiler said.
 */
export async function goBuild(source: GuestSource): Promise<Buffer> {
  await checkRelease(source.goFolder);
  const scratch = await mkdtemp(join(tmpdir(), 'go-build-'));
  try {
    const output = join(scratch, 'guest.wasm');
    await go(source, [
      'build',
      ...(await overlayFlag(source, scratch)),
      ...(await patchFlag(source.goFolder, source.patches)),
      '-buildmode=c-shared',
      '-mod=readonly',
      '-trimpath',
      '-buildvcs=false',
      '-ldflags=-s -w -buildid=',
      '-o',
      output,
      '.',
    ]);
    return await readFile(output);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A Go module whose code is in the guest. `folders` are its root and those of the packages compiled in, absolute. */
export interface CompiledModule {
  readonly path: string;
  readonly version: string;
  readonly folders: readonly string[];
}

/** The published modules that `source` compiles in, sorted by path. Stand-ins and the guest's own code are not among them. */
export async function compiledModules(source: GuestSource): Promise<CompiledModule[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'go-list-'));
  try {
    const template =
      '{{with .Module}}{{if and .Version (not .Replace)}}{{.Path}}\t{{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}';
    const flags = await overlayFlag(source, scratch);
    const listed = await go(source, ['list', '-deps', ...flags, '-mod=readonly', '-f', template, '.']);
    const found = new Map<string, { path: string; version: string; folders: Set<string> }>();
    for (const line of listed
      .split('\n')
      .filter((text) => text !== '')
      .sort()) {
      const [path = '', version = '', root = '', folder = ''] = line.split('\t');
      const module = found.get(path) ?? { path, version, folders: new Set([root]) };
      for (let at = folder; at.length > root.length; at = dirname(at)) module.folders.add(at);
      found.set(path, module);
    }
    return [...found.values()].map((module) => ({ ...module, folders: [...module.folders].sort() }));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function checkRelease(goFolder: string): Promise<void> {
  const pinned = /^toolchain (\S+)$/m.exec(await readFile(join(goFolder, 'go.mod'), 'utf8'))?.[1];
  const installed = (await go({ name: '', goFolder }, ['env', 'GOVERSION'])).trim();
  if (installed !== pinned) throw new Error(`${goFolder}/go.mod pins ${pinned}, the installed Go is ${installed}`);
}

async function go(source: GuestSource, args: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    GOOS: args[0] === 'env' ? '' : 'wasip1',
    GOARCH: args[0] === 'env' ? '' : 'wasm',
    GOWORK: 'off',
    GOFLAGS: '',
    GOEXPERIMENT: '',
    GOWASM: '',
    CGO_ENABLED: '0',
    GOTOOLCHAIN: 'local',
  };
  const { stdout } = await run('go', args, { cwd: source.goFolder, env, maxBuffer: 64 * 1_048_576 });
  return stdout;
}
