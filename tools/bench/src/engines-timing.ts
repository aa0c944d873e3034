/** Milliseconds of several runs of the same work. */
export interface Timing {
  readonly least: number;
  readonly median: number;
}

/** Times `work` some times, after running it `before` times untimed. */
export async function timed(runs: number, work: () => Promise<unknown>, before = 0): Promise<Timing> {
  for (let run = 0; run < before; run++) await work();
  const taken: number[] = [];
  for (let run = 0; run < runs; run++) {
    const begin = performance.now();
    await work();
    taken.push(performance.now() - begin);
  }
  taken.sort((a, b) => a - b);
  return { least: taken[0] ?? 0, median: taken[taken.length >> 1] ?? 0 };
}
