import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Diagnostic } from '@fluxwright/diagnostics';

/** Seconds of processor time, which a loaded machine does not use up faster. */
const processorSeconds = 15;

/**
 * The findings of a workspace, from a program that the kernel ends when it has used up its processor time: what hangs
 * fails a test whatever else the machine does; what waits without working is ended too, much later. Throws where the program ends without an answer.
 */
export function findWithin(root: string, user: { readonly uid?: number } = {}): readonly Diagnostic[] {
  const program = join(import.meta.dirname, 'find-in-child.ts');
  const { stdout, stderr, signal, status } = spawnSync(
    'sh',
    ['-c', `ulimit -t ${processorSeconds}; exec "$0" "$@"`, process.execPath, program, root],
    { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120_000, killSignal: 'SIGKILL', ...user },
  );
  if (status !== 0) throw new Error(`ended by ${signal ?? `exit code ${status}`}: ${stderr.slice(0, 2000)}`);
  return (JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] }).diagnostics;
}
