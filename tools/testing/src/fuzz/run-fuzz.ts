import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { type FuzzJob, inputFiles, restore } from './fuzz-job.ts';
import type { Mutant } from './make-mutant.ts';
import type { MutantResult } from './try-mutant.ts';

export interface FuzzOptions {
  /** Folders that lie over each other and make the good workspace. */
  readonly folders: readonly string[];
  readonly seed: number;
  readonly first?: number;
  readonly count: number;
  /** Tries the files as they are: what is found then is no fault of a mutant. */
  readonly leaveGood?: boolean;
  /** Called after each mutant: for progress. */
  readonly onMutant?: (trial: Trial) => void;
}

/** A mutant and what it gave. */
export interface Trial {
  readonly mutant: Omit<Mutant, 'bytes'>;
  readonly result: MutantResult;
  /** It took more processor time than {@link limit}, and was stopped. */
  readonly hung: boolean;
}

/** Seconds of processor time, all threads together, that a bad input may take. */
export const limit = 10;

/** Runs mutants `first` to `first + count` of a seed in a thread, in a copy of the workspace; what hangs is stopped and told. */
export async function runFuzz({
  folders,
  seed,
  first = 0,
  count,
  leaveGood,
  onMutant,
}: FuzzOptions): Promise<readonly Trial[]> {
  const root = mkdtempSync(path.join(tmpdir(), 'fluxwright-fuzz-'));
  try {
    for (const folder of folders) cpSync(folder, root, { recursive: true });
    const files = inputFiles(root);
    const trials: Trial[] = [];
    const keep = (trial: Trial): void => {
      trials.push(trial);
      onMutant?.(trial);
    };
    while (trials.length < count) {
      const job: FuzzJob = {
        root,
        seed,
        from: first + trials.length,
        to: first + count,
        leaveGood: leaveGood ?? false,
      };
      const stopped = await runUntilStopped(job, keep);
      if (stopped !== undefined) restore(root, files, stopped);
    }
    return trials;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Runs a worker to its end, or until a mutant hangs: that one is kept and given back. */
function runUntilStopped(job: FuzzJob, keep: (trial: Trial) => void): Promise<Trial['mutant'] | undefined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), { workerData: job });
    let open: Trial['mutant'] | undefined;
    let before = process.cpuUsage();
    const stop = (result: MutantResult, hung: boolean): void => {
      clearInterval(watch);
      const mutant = open;
      worker.removeAllListeners();
      worker.on('error', () => undefined);
      void worker.terminate();
      if (mutant === undefined) reject(new Error(result.thrown));
      else {
        keep({ mutant, result, hung });
        resolve(mutant);
      }
    };
    const watch = setInterval(() => {
      const { user, system } = process.cpuUsage(before);
      if (open !== undefined && (user + system) / 1e6 > limit) stop({ errors: [] }, true);
    }, 500);
    worker.on('message', ({ type, mutant, result }) => {
      open = type === 'begin' ? mutant : undefined;
      before = process.cpuUsage();
      if (type === 'end') keep({ mutant, result, hung: false });
    });
    // Thrown outside of any await: what no caller of the compiler could catch.
    worker.on('error', (error) => stop({ errors: [], thrown: error.stack ?? error.message }, false));
    worker.on('exit', () => {
      clearInterval(watch);
      resolve(undefined);
    });
  });
}
