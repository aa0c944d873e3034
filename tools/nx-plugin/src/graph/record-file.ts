import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a run of Nx has left in a file; undefined where there is none that can be read. */
export function readRecord<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Leaves something for the next run. It only saves time: where it cannot be written, the next run makes it again. */
export function writeRecord(file: string, record: unknown): void {
  const staged = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(staged, JSON.stringify(record));
    renameSync(staged, file);
  } catch {
    // A read-only or full disk: see above.
  }
}
