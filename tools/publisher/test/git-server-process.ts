import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A git server in a process of its own, for tests that block theirs. */
export interface GitServerProcess {
  readonly url: string;
  /** Folder of the bare repositories. */
  readonly root: string;
  /** Clone URLs, in the order of the names. */
  readonly urls: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts the server with empty repositories of these names. */
export function startGitServerProcess(names: readonly string[]): Promise<GitServerProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'serve-git.ts'), ...names], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      child.on('close', () => resolve());
      child.stdin.end();
    });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.stdout.once('data', (line: Buffer) => resolve({ ...JSON.parse(line.toString()), stop }));
  });
}
