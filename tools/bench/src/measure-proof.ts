import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, type StageOfLine } from '@fluxwright/compiler';
import { type ClusterSize, makeCluster } from './synthetic-cluster.ts';

/** What proving one cluster costs, warm: milliseconds, each the median of the runs. */
export interface ProofMeasurement {
  readonly objects: number;
  /** Ordering proof, lint and secrets. */
  readonly prove: number;
  readonly simulate: number;
  readonly total: number;
  /** Of the fastest run: nearer to the truth on a machine with other work. */
  readonly fastest: number;
}

/** Compiles a made-up cluster `runs` times in this process, after three runs that do not count, and measures its proof. */
export async function measureProof(size: ClusterSize, runs: number): Promise<ProofMeasurement> {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-proof-'));
  try {
    makeCluster(root, size);
    const times: { readonly prove: number; readonly simulate: number }[] = [];
    let objects = 0;
    for (let run = -3; run < runs; run += 1) {
      const spent: Partial<Record<StageOfLine, number>> = {};
      const result = await compile({
        root,
        write: false,
        cache: '.cache',
        observe: (stage, work) => {
          const start = performance.now();
          const value = work();
          spent[stage] = (spent[stage] ?? 0) + performance.now() - start;
          return value;
        },
      });
      const [cluster] = result.clusters;
      if (cluster?.built !== true) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
      objects = cluster.objects;
      if (run >= 0) times.push({ prove: spent.prove ?? 0, simulate: spent.simulate ?? 0 });
    }
    const totals = times.map(({ prove, simulate }) => prove + simulate);
    return {
      objects,
      prove: median(times.map(({ prove }) => prove)),
      simulate: median(times.map(({ simulate }) => simulate)),
      total: median(totals),
      fastest: Math.min(...totals),
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
