import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);

/** What the example of a packed package printed, and what its comments promise. */
export interface ExampleRun {
  readonly stdout: string;
  readonly stderr: string;
  /** The comment lines at the end of the example, without their marks. */
  readonly promised: string;
  /** What TypeScript says of the example in the empty project; empty when all is well. */
  readonly typeErrors: string;
  /** Paths in the tarball, from the package's folder. */
  readonly files: readonly string[];
  /** The package.json of the tarball. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Files and folders that the README names and the tarball does not hold. */
  readonly notShipped: readonly string[];
  /** What the example prints when a user's bundler has put it and the package into one file, by the bundle's format. */
  readonly bundled?: Readonly<Record<'esm' | 'cjs', string>>;
}

/**
 * Packs the package in `folder` with `npm pack`, installs the tarball in an empty project without a registry, and runs the
 * first `js` block of its README there, with the Node that runs this; with `bundle` also out of one file of esbuild's.
 */
export async function runExample(folder: string, options: { readonly bundle?: boolean } = {}): Promise<ExampleRun> {
  const project = await mkdtemp(join(tmpdir(), 'example-'));
  try {
    const packed = await run('npm', ['pack', '--json', '--pack-destination', project], { cwd: folder });
    const listing = packed.stdout.slice(packed.stdout.search(/^[[{]/m));
    const tarball = /"filename":\s*"([^"]+)"/.exec(listing)?.[1] ?? '';
    await writeFile(join(project, 'package.json'), '{"private": true, "type": "module"}');
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`], { cwd: project });
    const readme = await readFile(join(folder, 'README.md'), 'utf8');
    const example = /^```js\n(.*?)^```$/ms.exec(readme)?.[1] ?? '';
    await writeFile(join(project, 'example.js'), example);
    // Whoever runs the tests may ask for colours; the README shows none.
    const { FORCE_COLOR: _, ...env } = process.env;
    const { stdout, stderr } = await run(process.execPath, ['example.js'], { cwd: project, timeout: 60_000, env });
    const promised = /(?:^\/\/ .*\n)+$/m.exec(example)?.[0].replace(/^\/\/ /gm, '') ?? '';
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { name: string };
    const installed = join(project, 'node_modules', manifest.name);
    const entries = await readdir(installed, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(installed, join(entry.parentPath, entry.name)))
      .sort();
    return {
      stdout,
      stderr,
      promised,
      typeErrors: await typeErrors(project),
      files,
      manifest: JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')),
      notShipped: pathsIn(readme).filter((path) => !files.some((file) => file === path || file.startsWith(`${path}/`))),
      ...(options.bundle === true && {
        bundled: { esm: await runBundle(project, 'esm'), cjs: await runBundle(project, 'cjs') },
      }),
    };
  } finally {
    await rm(project, { recursive: true, force: true });
  }
}

/** Paths that a README names in a link or as code: what begins with `./` or has a folder of a package first. */
function pathsIn(readme: string): readonly string[] {
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)\s#]+)/g)];
  const named = [...readme.matchAll(/`((?:src|go|native|java|scripts|generate|test|build|data|wasm|dist)\/[^`\s*]*)/g)];
  return [...links, ...named].map(([, path = '']) => path.replace(/^\.\//, '').replace(/\/$/, ''));
}

/** Bundles the example with all it imports, as a user would, and runs the one file. */
async function runBundle(project: string, format: 'esm' | 'cjs'): Promise<string> {
  const outfile = join(project, `bundle.${format === 'esm' ? 'mjs' : 'cjs'}`);
  const text = await readFile(join(project, 'example.js'), 'utf8');
  // CommonJS has no await outside of functions.
  const [imports, rest] = [text.match(/^import .*$/gm) ?? [], text.replace(/^import .*$/gm, '')];
  const wrapped = `${imports.join('\n')}\n(async () => {${rest}\n})();\n`;
  await build({
    stdin: { contents: wrapped, resolveDir: project, loader: 'js' },
    bundle: true,
    platform: 'node',
    format,
    outfile,
    logLevel: 'silent',
  });
  const { FORCE_COLOR: _, ...env } = process.env;
  const { stdout } = await run(process.execPath, [outfile], { cwd: tmpdir(), timeout: 60_000, env });
  return stdout;
}

/** Checks the example as JavaScript against the package's declarations, as a project without any other types would. */
async function typeErrors(project: string): Promise<string> {
  const tsc = join(import.meta.dirname, '../../../node_modules/typescript/lib/tsc.js');
  const flags = ['--allowJs', '--checkJs', '--noEmit', '--strict', '--target', 'es2024', '--module', 'nodenext'];
  try {
    await run(process.execPath, [tsc, ...flags, '--lib', 'es2024,dom', '--types', '', 'example.js'], { cwd: project });
    return '';
  } catch (cause) {
    return (cause as { stdout: string }).stdout;
  }
}
