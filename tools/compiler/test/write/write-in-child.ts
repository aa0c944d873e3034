import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Writes a tree and dies by SIGKILL before the n-th call that changes the disk.
 * Usage: write-in-child.ts <output> <tree as JSON> <n>; n = 0 lives.
 */
const [output = '', tree = '', step = '0'] = process.argv.slice(2);
let calls = 0;
const changing = [
  'mkdirSync',
  'writeFileSync',
  'linkSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'symlinkSync',
] as const;
for (const name of changing) {
  const real = fs[name] as (...input: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...input: unknown[]) => {
      calls += 1;
      if (calls === Number(step)) process.kill(process.pid, 'SIGKILL');
      return real(...input);
    },
  });
}
syncBuiltinESMExports();
const { writeTree } = await import('../../src/write/write-tree.ts');
const result = writeTree(output, JSON.parse(tree));
process.stdout.write(JSON.stringify({ calls, diagnostics: result.diagnostics }));
