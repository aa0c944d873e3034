import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What good runs have left for the next one: for each name a stamp, that is what came out and what it was made from. A
 * stamp is the machine's own: it lies where git does not look, and says nothing about another clone.
 */
export interface StampStore<Stamp> {
  get(name: string): Stamp | undefined;
  /** Keeps a stamp. One that cannot be written costs the next run time, nothing else. */
  set(name: string, stamp: Stamp): void;
}

/** Opens the stamps of one `purpose` (what was made, and where) below a folder. `program` tells the programs that made them apart. */
export function openStamps<Stamp>(folder: string, purpose: string, program: string): StampStore<Stamp> {
  const at = (name: string): string => join(folder, 'stamps', hash('sha256', `${purpose}\0${name}`, 'hex'));
  return {
    get: (name) => {
      try {
        const read = JSON.parse(readFileSync(at(name), 'utf8'));
        return read.program === program ? (read.stamp as Stamp) : undefined;
      } catch {
        return undefined;
      }
    },
    set: (name, stamp) => {
      const file = at(name);
      const beside = `${file}.${process.pid}`;
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(beside, JSON.stringify({ program, stamp }));
        renameSync(beside, file);
      } catch {
        return;
      }
    },
  };
}
