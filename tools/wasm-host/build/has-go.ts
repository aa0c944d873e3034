import { execFileSync } from 'node:child_process';

/**
 * Whether Go is installed: where it is not, tests that need it are left out. Throws an Error when it is missing in CI
 * (environment variable `CI`), where nothing may be left out unseen.
 */
export function hasGo(): boolean {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return true;
  } catch (cause) {
    if (process.env.CI !== undefined) throw new Error('CI has no Go: the engines cannot be tested', { cause });
    return false;
  }
}
