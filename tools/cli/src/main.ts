import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Node keeps what it makes of the sources, types stripped, which is half of the start. In a folder of this package, since
// what is in the shared one for temporary files is run whoever wrote it. Only what is imported after this line profits.
enableCompileCache(process.env.NODE_COMPILE_CACHE ?? join(import.meta.dirname, '../node_modules/.cache/compiled'));
const { run } = await import('./run.ts');

// A reader that has seen enough, as in `fluxwright graph x | head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await run(process.argv.slice(2));
