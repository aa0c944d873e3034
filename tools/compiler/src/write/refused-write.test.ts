import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { readFolder } from '../../test/write/read-folder.ts';
import { sampleTree } from '../../test/write/sample-tree.ts';
import { writeTree } from './write-tree.ts';

const child = join(import.meta.dirname, '../../test/write/write-in-child.ts');
const root = mkdtempSync(join(tmpdir(), 'fluxwright-refused-'));
const output = join(root, 'generated');
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => mkdirSync(output, { recursive: true }));
afterEach(() => spawnSync('umount', [output]));

const small = sampleTree({ 'a.yaml': 'small\n' });
const large = sampleTree({ 'a.yaml': 'x'.repeat(200_000) });
const mounts = mount('size=100k');
spawnSync('umount', [output]);

test.skipIf(!mounts)(
  'a full disk is a finding, and the old tree stays whole (needs the right to mount a tmpfs)',
  () => {
    mount('size=100k');
    expect(writeTree(output, small).diagnostics).toEqual([]);
    const [found] = writeTree(output, large).diagnostics;
    expect(found).toMatchObject({
      code: 'write/failed',
      message: 'generated/one could not be written: the disk is full',
    });
    expect(readFolder(output)).toEqual(Object.fromEntries(small.files.map(({ path, text }) => [`one/${path}`, text])));
  },
);

test.skipIf(!mounts)('a read-only file system is a finding (needs the right to mount a tmpfs)', () => {
  mount('size=100k,ro');
  expect(writeTree(output, small).diagnostics[0]).toMatchObject({
    message: 'generated/one could not be written: the file system is read-only',
  });
});

test('a folder without write permission is a finding', () => {
  chmodSync(root, 0o755);
  chmodSync(output, 0o555);
  // Root may write anywhere, so that for root the run is somebody else's.
  const user = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const { stdout } = spawnSync(process.execPath, [child, output, JSON.stringify(small), '0'], user);
  expect(JSON.parse(stdout.toString()).diagnostics).toMatchObject([
    { code: 'write/failed', message: 'generated/one could not be written: permission denied' },
  ]);
  chmodSync(output, 0o755);
});

function mount(options: string): boolean {
  mkdirSync(output, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', output]).status === 0;
}
