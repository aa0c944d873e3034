#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

// The only file that starts the command line, in JavaScript that old releases of Node read too: the tools are TypeScript with
// `using`, which Node 24 runs as it stands. Under an older Node the one that npm installed takes over.
const least = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major >= least) await start();
else process.exitCode = handOver();

async function start() {
  // Node keeps what it makes of the sources, types stripped, which is half of the start. In a folder of this package, since
  // what is in the shared one for temporary files is run whoever wrote it. Only what is imported after this line profits.
  const kept = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE ?? kept);
  const { run } = await import('../src/run.ts');

  // A reader that has seen enough, as in `fluxwright graph x | head`, is no error.
  process.stdout.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });

  process.exitCode = await run(process.argv.slice(2));
}

/** Runs the Node that npm installed, and gives its exit code; 2 where there is none. */
function handOver() {
  try {
    const node = module.createRequire(import.meta.url).resolve('node/bin/node');
    const run = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
    if (run.error) throw run.error;
    return run.status ?? 2;
  } catch {
    process.stderr.write(
      `error: Fluxwright needs Node ${least} or newer, and this is Node ${process.versions.node}\n  help: run "npm ci", which brings one along, or install a newer Node\n`,
    );
    return 2;
  }
}
