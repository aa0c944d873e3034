import { execFile } from 'node:child_process';
import { constants, copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);
const hostFolder = join(import.meta.dirname, '..');
const typescript = fileURLToPath(import.meta.resolve('typescript/package.json'));

/**
 * Before `npm pack`: Node strips no types below node_modules, and the host is not published, so `dist/` gets JavaScript and
 * declarations, for an engine with the host bundled in and its worker beside it; package.json then points there. What else
 * the package ships is what its `files` name, wasm/ and NOTICE where it has none.
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
  const bundled = await bundle(folder, { index: join(folder, 'src/index.ts') });
  const host = bundled.some((file) => file.startsWith(join(hostFolder, 'src')));
  if (host) await bundle(folder, { worker: join(hostFolder, 'src/worker.ts') });
  const types = await writeDeclarations(folder, host);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const {
    private: _private,
    nx: _nx,
    scripts,
    devDependencies: _dev,
    files = ['wasm', 'NOTICE'],
    ...published
  } = manifest;
  const { postpack, prepack } = scripts as Record<string, string>;
  const packed = {
    ...published,
    exports: { '.': { types, default: './dist/index.js' } },
    files: ['dist/*.js', 'dist/types', ...(files as string[])],
    repository: { type: 'git', url: repository, directory: `tools/${basename(folder)}` },
    // Since then Node unpacks zstd.
    engines: { node: '>=22.15' },
    // npm reads its scripts from here after prepack.
    scripts: { prepack, postpack },
  };
  await copyFile(join(hostFolder, '../../LICENSE'), join(folder, 'LICENSE'));
  // Others may read package.json meanwhile: it changes at once.
  const next = join(folder, 'dist/package.json');
  await writeFile(next, `${JSON.stringify(packed, null, 2)}\n`);
  await rename(next, join(folder, 'package.json'));
}

/** Bundles each entry to `dist/<its name>.js`. Gives the source files that went in, absolute. */
async function bundle(folder: string, entryPoints: Record<string, string>): Promise<string[]> {
  const { metafile } = await build({
    entryPoints,
    absWorkingDir: folder,
    outdir: join(folder, 'dist'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'warning',
    metafile: true,
  });
  return Object.keys(metafile.inputs).map((path) => join(folder, path));
}

/** Where the project's own domain serves it. */
const repository = 'git+https://fluxwright.dev/fluxwright.git';

const workspaceManifest = 'package.workspace.json';

/** After `npm pack`: the package.json of the workspace again. */
export async function restorePackage(folder: string): Promise<void> {
  await rm(join(folder, 'LICENSE'), { force: true });
  await rename(join(folder, workspaceManifest), join(folder, 'package.json'));
}

async function hostSources(): Promise<string[]> {
  const names = (await readdir(join(hostFolder, 'src'))).sort();
  return names.filter((name) => !name.endsWith('.test.ts')).map((name) => join(hostFolder, 'src', name));
}

/** Declarations of the package and of what it takes from the host, with relative imports. Gives the path of the first one. */
async function writeDeclarations(folder: string, withHost: boolean): Promise<string> {
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
  // A file that the compiler meets below node_modules first, by the link to the host, is written only when it is named here.
  const files = [join(folder, 'src/index.ts'), ...(withHost ? await hostSources() : [])];
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
