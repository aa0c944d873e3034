import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompileMeasurement } from './compile-once.ts';
import { makeFleet } from './synthetic-fleet.ts';

export interface FleetMeasurement {
  readonly size: number;
  /** Into an empty output folder. */
  readonly cold: CompileMeasurement;
  /** Again, with nothing changed. */
  readonly unchanged: CompileMeasurement;
  /** One cluster alone after one of its values changed. */
  readonly oneChanged: CompileMeasurement;
  /** Milliseconds of that with the start of Node. */
  readonly oneChangedWall: number;
  /** Milliseconds of `cp -r` of the whole output. */
  readonly copy: number;
}

/** Makes a fleet of `size` clusters in a temporary folder, measures it, and removes it. */
export function measureFleet(root: string, size: number): FleetMeasurement {
  const scratch = mkdtempSync(join(tmpdir(), 'fluxwright-bench-'));
  try {
    const fleet = join(scratch, 'fleet');
    const names = makeFleet(root, fleet, size);
    const run = (...clusters: string[]): CompileMeasurement => {
      const target = join(scratch, 'measurement.json');
      execFileSync(process.execPath, [join(import.meta.dirname, 'compile-once.ts'), fleet, target, ...clusters], {
        stdio: 'inherit',
      });
      return JSON.parse(readFileSync(target, 'utf8'));
    };
    const cold = run();
    if (cold.built < names.length)
      throw new Error(`only ${cold.built} of ${names.length} clusters built: ${cold.findings.join('; ')}`);
    const copyStart = performance.now();
    execFileSync('cp', ['-r', join(fleet, 'generated'), join(scratch, 'copy')]);
    const copy = performance.now() - copyStart;
    const unchanged = run();
    const [first = ''] = names;
    changeDomain(join(fleet, 'clusters', first, 'cluster.yaml'));
    const wallStart = performance.now();
    const oneChanged = run(first);
    return { size: names.length, cold, unchanged, oneChanged, oneChangedWall: performance.now() - wallStart, copy };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function changeDomain(manifest: string): void {
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/^( *domain: ).*$/m, '$1changed.example.com'));
}
