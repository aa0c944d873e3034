import { execFile } from 'node:child_process';
import { constants, copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);
const hostFolder = join(import.meta.dirname, '..');
const toolsFolder = dirname(hostFolder);
const typescript = fileURLToPath(import.meta.resolve('typescript/package.json'));

/**
 * Before `npm pack`: Node strips no types below node_modules, and the host is not published, so `dist/` gets JavaScript and
 * declarations, with the packages of the workspace that it imports bundled in, and the host's worker beside it; package.json then
 * points there. What else
 * the package ships is what its `files` name, wasm/ and NOTICE where it has none.
 * Gives the files that went into the bundle, absolute. `restorePackage` puts the workspace's package.json back. Throws an Error when the package is being packed already.
 */
export async function preparePackage(folder: string): Promise<readonly string[]> {
  const kept = join(folder, workspaceManifest);
  try {
    await copyFile(join(folder, 'package.json'), kept, constants.COPYFILE_EXCL);
  } catch (cause) {
    throw new Error(`${kept} is there: another pack runs, or one broke off and postpack must be run`, { cause });
  }
  try {
    return await writePackage(folder);
  } catch (cause) {
    await restorePackage(folder);
    throw cause;
  }
}

async function writePackage(folder: string): Promise<readonly string[]> {
  await rm(join(folder, 'dist'), { recursive: true, force: true });
  const bundled = await bundle(folder, { index: join(folder, 'src/index.ts') });
  const packages = await packagesOf(bundled, folder);
  if (packages.has(hostFolder)) await bundle(folder, { worker: join(hostFolder, 'src/worker.ts') });
  const types = await writeDeclarations(folder, packages);
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
  return bundled;
}

/** Bundles each entry to `dist/<its name>.js`. Gives the source files that went in, absolute. */
async function bundle(folder: string, entryPoints: Record<string, string>): Promise<string[]> {
  const options = {
    entryPoints,
    absWorkingDir: folder,
    outdir: join(folder, 'dist'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'warning',
    metafile: true,
  } as const;
  const { metafile } = await build(options);
  const inputs = Object.entries(metafile.inputs);
  // CommonJS asks for Node's own modules by a require that a module has not.
  if (inputs.some(([, { format }]) => format === 'cjs')) await build({ ...options, banner: { js: ownRequire } });
  return inputs.map(([path]) => join(folder, path));
}

const ownRequire = `import { createRequire as ownRequire } from 'node:module';\nconst require = ownRequire(import.meta.url);`;

/** Where the project's own domain serves it. */
const repository = 'git+https://fluxwright.dev/fluxwright.git';

const workspaceManifest = 'package.workspace.json';

/** After `npm pack`: the package.json of the workspace again. */
export async function restorePackage(folder: string): Promise<void> {
  await rm(join(folder, 'LICENSE'), { force: true });
  await rename(join(folder, workspaceManifest), join(folder, 'package.json'));
}

/** The packages of the workspace that went into a bundle, by their folder; their names. The bundled package itself is not among them. */
async function packagesOf(files: readonly string[], folder: string): Promise<ReadonlyMap<string, string>> {
  const inside = files.map((file) => relative(toolsFolder, file).split('/')).filter(([, source]) => source === 'src');
  const folders = new Set(inside.map(([name = '']) => join(toolsFolder, name)));
  folders.delete(folder);
  const named = [...folders].sort().map(async (each): Promise<[string, string]> => {
    const { name } = JSON.parse(await readFile(join(each, 'package.json'), 'utf8')) as { name: string };
    return [each, name];
  });
  return new Map(await Promise.all(named));
}

async function sourcesOf(folder: string): Promise<string[]> {
  const names = (await readdir(join(folder, 'src'), { recursive: true })).sort();
  return names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, 'src', name));
}

/** Declarations of the package and of the packages in its bundle, with relative imports. Gives the path of the first one. */
async function writeDeclarations(folder: string, packages: ReadonlyMap<string, string>): Promise<string> {
  const output = join(folder, 'dist/types');
  const project = join(folder, 'dist/tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: toolsFolder,
    outDir: output,
  };
  // A file that the compiler meets below node_modules first, by the link to its package, is written only when it is named here.
  const linked = await Promise.all([...packages.keys()].map(sourcesOf));
  const files = [join(folder, 'src/index.ts'), ...linked.flat()];
  const config = { extends: '../tsconfig.json', include: [], files, compilerOptions };
  await writeFile(project, JSON.stringify(config));
  await run(process.execPath, [join(dirname(typescript), 'lib/tsc.js'), '--project', project]);
  await rm(project);
  const used = new Map([...packages.values()].map((name) => [name, new Set<string>()]));
  for (const entry of await readdir(output, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile()) continue;
    let text = (await readFile(file, 'utf8')).replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'");
    for (const [, names = '', from = ''] of text.matchAll(/\{([^}]*)\} from '([^'.][^']*)'/g))
      for (const each of namesIn(names)) used.get(from)?.add(each);
    for (const [other, name] of packages) {
      const path = relative(entry.parentPath, join(output, relative(toolsFolder, join(other, 'src/index.js'))));
      text = text.replaceAll(`'${name}'`, `'${path.startsWith('.') ? path : `./${path}`}'`);
    }
    await writeFile(file, text);
  }
  for (const [other, name] of packages)
    await keepUsed(join(output, relative(toolsFolder, other), 'src/index.d.ts'), used.get(name));
  return `./dist/types/${relative(toolsFolder, folder)}/src/index.d.ts`;
}

/** Takes out of an index what nobody imports: its declarations may name packages that are in the bundle alone. */
async function keepUsed(index: string, used: ReadonlySet<string> = new Set()): Promise<void> {
  const text = await readFile(index, 'utf8');
  const kept = text.replaceAll(/export (?:type )?\{([^}]*)\} from '[^']*';\n/g, (line, names: string) =>
    namesIn(names).some((each) => used.has(each)) ? line : '',
  );
  await writeFile(index, kept === '' ? 'export {};\n' : kept);
}

/** The names that `a, type B, c as d` lists, as their origin calls them in an import, and as others know them in an export. */
function namesIn(list: string): readonly string[] {
  return list
    .split(',')
    .map(
      (each) =>
        each
          .trim()
          .replace(/^type /, '')
          .split(' as ')[0] ?? '',
    )
    .filter((each) => each !== '');
}
