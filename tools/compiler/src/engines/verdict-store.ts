import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LRUCache } from 'lru-cache';

/**
 * What engines said of what they were given, by a digest of everything that decides it. An empty list is "good". With a
 * file, what was good stays known to the next process, so that one with nothing new to judge starts no engine.
 */
export interface VerdictStore {
  get<Verdict>(key: string): Verdict | undefined;
  set(key: string, verdict: readonly unknown[]): void;
  /** Writes the file, where there is one and something new is known. */
  save(): void;
}

/** Where tools keep a workspace's verdicts, from its root: out of sight of git, and gone with the packages. */
export const verdictFolder = 'node_modules/.cache/fluxwright';

/** A fleet of a thousand clusters has some 50,000 objects of its own, at 100 bytes each. */
const most = 100_000;

/**
 * Opens a store. `engines` names the engines' versions: a file made by others is not read. A file that cannot be read or
 * written costs time, nothing else.
 */
export function openVerdicts(engines: string, file?: string): VerdictStore {
  const verdicts = new LRUCache<string, readonly unknown[]>({ max: most });
  let isChanged = false;
  for (const key of file === undefined ? [] : readGood(engines, file)) verdicts.set(key, []);
  return {
    get: <Verdict>(key: string) => verdicts.get(key) as Verdict | undefined,
    set: (key, verdict) => {
      isChanged ||= verdict.length === 0;
      verdicts.set(key, verdict);
    },
    save: () => {
      if (file === undefined || !isChanged) return;
      const good = [...verdicts.rentries()].flatMap(([key, verdict]) => (verdict?.length === 0 ? [key] : []));
      writeGood(file, `${engines}\n${good.join('\n')}\n`);
      isChanged = false;
    },
  };
}

function readGood(engines: string, file: string): string[] {
  try {
    const [head, ...keys] = readFileSync(file, 'utf8').split('\n');
    return head === engines ? keys.filter((key) => /^[0-9a-f]{64}$/.test(key)) : [];
  } catch {
    return [];
  }
}

function writeGood(file: string, text: string): void {
  const beside = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(beside, text);
    renameSync(beside, file);
  } catch {
    return;
  }
}
