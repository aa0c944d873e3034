import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where a branch of the remote repository is kept. */
export function refOf(branch: string): string {
  return `refs/remotes/origin/${branch}`;
}

/** The commit a branch was at when the scratch repository last heard of it; undefined where it never did. */
export function readTip(folder: string, branch: string): string | undefined {
  const file = join(folder, refOf(branch));
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** Notes where a branch is now; without a commit it is forgotten. */
export function noteTip(folder: string, branch: string, commit: string | undefined): void {
  const file = join(folder, refOf(branch));
  if (commit === undefined) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${commit}\n`);
}
