import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the example of a packed package printed, and what its comments promise. */
export interface ExampleRun {
  readonly stdout: string;
  readonly stderr: string;
  /** The comment lines at the end of the example, without their marks. */
  readonly promised: string;
  /** What TypeScript says of the example in the empty project; empty when all is well. */
  readonly typeErrors: string;
}

/**
 * Packs the package in `folder` with `npm pack`, installs the tarball in an empty project without a registry, and runs the
 * first `js` block of its README there, with the Node that runs this.
 */
export async function runExample(folder: string): Promise<ExampleRun> {
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
    return { stdout, stderr, promised, typeErrors: await typeErrors(project) };
  } finally {
    await rm(project, { recursive: true, force: true });
  }
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
