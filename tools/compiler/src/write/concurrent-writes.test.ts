import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readFolder } from '../../test/write/read-folder.ts';
import { sampleTree } from '../../test/write/sample-tree.ts';

const child = join(import.meta.dirname, '../../test/write/write-in-child.ts');
const root = mkdtempSync(join(tmpdir(), 'fluxwright-concurrent-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('runs that write one cluster at the same time take turns: one whole tree remains, and no run fails', async () => {
  const output = join(root, 'generated');
  const trees = ['a', 'b', 'c', 'd'].map((text) =>
    sampleTree(
      Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${text}${index % 7}/${index}.yaml`, `${text}\n`])),
    ),
  );
  for (let round = 0; round < 3; round += 1) {
    const results = await Promise.all(trees.map((tree) => writeInChild(output, JSON.stringify(tree))));
    expect(results).toEqual(trees.map(() => []));
    const found = readFolder(join(output, 'one'));
    expect(trees.map((tree) => Object.fromEntries(tree.files.map(({ path, text }) => [path, text])))).toContainEqual(
      found,
    );
    expect(readdirSync(output)).toEqual(['one']);
  }
});

test('runs that write different clusters at the same time do not disturb each other', async () => {
  const output = join(root, 'many');
  const names = Array.from({ length: 6 }, (_, index) => `cluster-${index}`);
  const results = await Promise.all(
    names.map((name) => writeInChild(output, JSON.stringify(sampleTree({ 'a.yaml': `${name}\n` }, name)))),
  );
  expect(results).toEqual(names.map(() => []));
  expect(readdirSync(output)).toEqual(names);
});

function writeInChild(output: string, tree: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [child, output, tree, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    running.stdout.on('data', (chunk) => {
      text += chunk;
    });
    running.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(text).diagnostics) : reject(new Error(`exit ${code}`)),
    );
  });
}
