import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { afterAll, expect, it } from 'vitest';
import { componentGenerator } from '../src/generators/component/component.impl.ts';

const folder = mkdtempSync(join(tmpdir(), 'fluxwright-lockfile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npm = (...args: readonly string[]): void => {
  execFileSync('npm', [...args, '--offline', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'pipe' });
};

it('npm ci works after the component generator', async () => {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'workspace', private: true, workspaces: ['components/*'] }),
  );
  npm('install');
  const tree = createTreeWithEmptyWorkspace();
  tree.root = folder;
  tree.write('package.json', readFileSync(join(folder, 'package.json')));
  const install = await componentGenerator(tree, { name: 'greeter' });
  for (const change of tree.listChanges().filter(({ path }) => path.startsWith('components/'))) {
    mkdirSync(dirname(join(folder, change.path)), { recursive: true });
    writeFileSync(join(folder, change.path), change.content ?? '');
  }
  install();
  expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).toContain('components/greeter');
  npm('ci');
});
