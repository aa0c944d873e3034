import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CustomResourceDefinition } from './convert-crd.ts';
import { readCrds } from './read-crds.ts';

/** The CustomResourceDefinitions that controller-gen makes of a Go module's API packages, each given as `./v1`. */
export function generateCrds(moduleFolder: string, packages: readonly string[]): CustomResourceDefinition[] {
  const goFolder = join(import.meta.dirname, '../go');
  const env = { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=readonly', GOTOOLCHAIN: 'local' };
  const tool = execFileSync('go', ['tool', '-n', 'controller-gen'], { cwd: goFolder, env, encoding: 'utf8' }).trim();
  const output = mkdtempSync(join(tmpdir(), 'crds-'));
  try {
    const paths = packages.map((path) => `paths=${path}`);
    execFileSync(tool, ['crd:allowDangerousTypes=true', ...paths, `output:crd:artifacts:config=${output}`], {
      cwd: moduleFolder,
      env,
    });
    return readCrds(output, ['*.yaml']);
  } finally {
    rmSync(output, { recursive: true });
  }
}
