import { execFile } from 'node:child_process';
import { constants, copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);
const hostFolder = join(import.meta.dirname, '..');
const typescript = fileURLToPath(import.meta.resolve('typescript/package.json'));

/**
 * Before `npm pack`: Node strips no types below node_modules, and the host is not published, so `dist/` gets JavaScript with
 * the host bundled in, the host's worker beside it, and declarations; package.json then points there.
 * `restorePackage` puts the workspace's package.json back. Throws an Error when the package is being packed already.
 */
export async function preparePackage(folder: string): Promise<void> {
  const kept = join(folder, workspaceManifest);
  try {
    await copyFile(join(folder, 'package.json'), kept, constants.COPYFILE_EXCL);
  } catch (cause) {
    throw new Error(`${kept} is there: another pack runs, or one broke off and postpack must be run`, { cause });
  }
  try {
    await writePackage(folder);
  } catch (cause) {
    await restorePackage(folder);
    throw cause;
  }
}

async function writePackage(folder: string): Promise<void> {
  await rm(join(folder, 'dist'), { recursive: true, force: true });
  await build({
    entryPoints: { index: join(folder, 'src/index.ts'), worker: join(hostFolder, 'src/worker.ts') },
    outdir: join(folder, 'dist'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'warning',
  });
  const types = await writeDeclarations(folder);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { private: _private, nx: _nx, scripts, devDependencies: _dev, ...published } = manifest;
  const { postpack, prepack } = scripts as Record<string, string>;
  const packed = {
    ...published,
    exports: { '.': { types, default: './dist/index.js' } },
    files: ['dist/*.js', 'dist/types', 'wasm', 'NOTICE'],
    engines: { node: '>=22' },
    // npm reads its scripts from here after prepack.
    scripts: { prepack, postpack },
  };
  // Others may read package.json meanwhile: it changes at once.
  const next = join(folder, 'dist/package.json');
  await writeFile(next, `${JSON.stringify(packed, null, 2)}\n`);
  await rename(next, join(folder, 'package.json'));
}

const workspaceManifest = 'package.workspace.json';

/** After `npm pack`: the package.json of the workspace again. */
export async function restorePackage(folder: string): Promise<void> {
  await rename(join(folder, workspaceManifest), join(folder, 'package.json'));
}

/** Declarations of the package and of what it takes from the host, with relative imports. Gives the path of the first one. */
async function writeDeclarations(folder: string): Promise<string> {
  const tools = dirname(hostFolder);
  const output = join(folder, 'dist/types');
  const project = join(folder, 'dist/tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: tools,
    outDir: output,
  };
  const files = [join(folder, 'src/index.ts'), join(hostFolder, 'src/index.ts')];
  const config = { extends: '../tsconfig.json', include: [], files, compilerOptions };
  await writeFile(project, JSON.stringify(config));
  await run(process.execPath, [join(dirname(typescript), 'lib/tsc.js'), '--project', project]);
  await rm(project);
  const host = join(output, relative(tools, join(hostFolder, 'src/index.js')));
  for (const entry of await readdir(output, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile()) continue;
    const toHost = relative(entry.parentPath, host);
    const text = await readFile(file, 'utf8');
    const linked = text
      .replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'")
      .replaceAll("'@fluxwright/wasm-host'", `'${toHost.startsWith('.') ? toHost : `./${toHost}`}'`);
    await writeFile(file, linked);
  }
  return `./dist/types/${relative(tools, folder)}/src/index.d.ts`;
}
