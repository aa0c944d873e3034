import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findWithin } from './find-within.ts';
import { cluster, component, type Files, writeWorkspace } from './write-workspace.ts';

function said(root: string, user: { uid?: number } = {}): readonly string[] {
  return findWithin(root, user).map(({ code, message, note }) => `${code}: ${message} (${note})`);
}

/** A workspace with the package `hostile`, whose package.json names `folder` as its component. */
function packageNaming(folder: string, files: Files = {}): string {
  return writeWorkspace({
    ...cluster('one'),
    'package.json': { dependencies: { hostile: '1.0.0' } },
    'node_modules/hostile/package.json': { name: 'hostile', fluxwright: { component: folder } },
    ...files,
  });
}

/** A folder beside the workspace with a component in it. */
function outside(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-outside-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [file, content] of Object.entries(component('stolen', {}, { folder: 'x' }))) {
    mkdirSync(join(folder, 'x'), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return join(folder, 'x');
}

function pipe(file: string): void {
  expect(spawnSync('mkfifo', [file]).status).toBe(0);
}

test.each([
  ['absent', 'load/missing-manifest: package hostile names a component folder that is not there'],
  ['../../components', 'load/path-escapes: package hostile names a component outside of itself'],
  ['/etc', 'load/path-escapes: package hostile names a component outside of itself'],
  ['a\\b', 'load/invalid-value: package hostile names a component folder with a character that a path cannot have'],
  ['a\0b', 'load/invalid-value: package hostile names a component folder with a character that a path cannot have'],
  ['package.json', 'load/missing-manifest: package hostile names a component folder that is not there'],
])('a package that names %j as its component is a finding', (folder, message) => {
  expect(said(packageNaming(folder))).toEqual([`${message} (fluxwright.component is ${JSON.stringify(folder)})`]);
});

test.each(['sub', 'deep/sub'])('nothing outside is read through a link in a package: %s', (folder) => {
  const root = packageNaming(folder);
  mkdirSync(join(root, 'node_modules/hostile/deep'), { recursive: true });
  symlinkSync(outside(), join(root, 'node_modules/hostile', folder));
  expect(said(root)).toEqual([
    `load/path-escapes: package hostile names a component outside of itself (fluxwright.component is "${folder}")`,
  ]);
});

test('nothing outside is read through a link in the place of components/', () => {
  const root = writeWorkspace(cluster('one'));
  symlinkSync(join(outside(), '..'), join(root, 'components'));
  expect(said(root)).toEqual([
    'load/path-escapes: components is a symlink that leaves its folder (it leads out of the workspace)',
  ]);
});

test('the name of a dependency is no path', () => {
  const root = writeWorkspace({ ...cluster('one'), 'package.json': { dependencies: { '../evil': '1', '..': '1' } } });
  mkdirSync(join(root, 'evil'), { recursive: true });
  writeFileSync(join(root, 'evil/package.json'), JSON.stringify({ fluxwright: { component: 'absent' } }));
  expect(said(root)).toEqual([]);
});

test('pipes and devices are no files', () => {
  const root = packageNaming('.', component('web'));
  rmSync(join(root, 'node_modules/hostile/package.json'));
  pipe(join(root, 'node_modules/hostile/package.json'));
  for (const file of ['package.json', 'values.schema.json', 'component.yaml']) {
    rmSync(join(root, 'components/web', file));
    if (file === 'package.json') symlinkSync('/dev/zero', join(root, 'components/web', file));
    else pipe(join(root, 'components/web', file));
  }
  mkdirSync(join(root, 'components/web/install'));
  pipe(join(root, 'components/web/install/a.yaml'));
  pipe(join(root, 'components/web/values.yaml'));
  pipe(join(root, 'clusters/defaults.yaml'));
  const found = said(root);
  expect(found.filter((each) => each.includes('(it is no regular file)')).length).toBeGreaterThanOrEqual(4);
  expect(found.join('\n')).toContain('components/web/package.json is a symlink that leaves its folder');
});

test('a folder or file that the user may not read is a finding', () => {
  const root = writeWorkspace({ ...cluster('one'), ...component('web'), ...component('mail') });
  chmodSync(root, 0o755);
  chmodSync(join(root, 'components/web'), 0);
  chmodSync(join(root, 'components/mail/component.yaml'), 0);
  // Root may read anything, so that for root the run is somebody else's.
  const found = said(root, process.getuid?.() === 0 ? { uid: 65_534 } : {});
  chmodSync(join(root, 'components/web'), 0o755);
  expect(found).toEqual([
    'load/unreadable: components/mail/component.yaml cannot be read (permission denied)',
    'load/unreadable: components/web cannot be read (permission denied)',
  ]);
});

test('links in circles end', () => {
  const root = writeWorkspace({ ...cluster('one'), ...component('web') });
  for (const level of ['a', 'b', 'c', 'd', 'e', 'f'])
    mkdirSync(join(root, 'components/web/kustomize', level), { recursive: true });
  for (const level of ['a', 'b', 'c', 'd', 'e', 'f']) {
    for (const other of ['a', 'b', 'c', 'd', 'e', 'f'])
      symlinkSync(`../${other}`, join(root, 'components/web/kustomize', level, `to-${other}`));
    for (let index = 0; index < 20; index += 1)
      symlinkSync(`../${level}`, join(root, 'components/web/kustomize', level, `self-${index}`));
  }
  expect(said(root).join('\n')).toMatch(/^$|load\/too-large: components\/web is too large/);
});
