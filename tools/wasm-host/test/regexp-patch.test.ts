import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasGo } from '../build/has-go.ts';
import { lazyRegexps } from '../build/regexp-patch.ts';
import { overlayFlag } from '../build/standard-overlay.ts';

// That two expressions of one text are deeply equal holds no longer when one of them was used: the engines compare none.
const different = 'TestDeepEqual';

test.skipIf(!hasGo())("expressions that are compiled late pass Go's own tests", { timeout: 120_000 }, async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'regexp-'));
  try {
    const flags = await overlayFlag({ patches: [lazyRegexps] }, scratch);
    const run = spawnSync('go', ['test', '-short', '-count=1', ...flags, '-skip', different, 'regexp'], {
      cwd: scratch,
      env: { ...process.env, GOWORK: 'off', GOFLAGS: '', GOTOOLCHAIN: 'local' },
      encoding: 'utf8',
    });
    expect(run.stdout + run.stderr).toMatch(/^ok\s+regexp/);
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
