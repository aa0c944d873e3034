import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFolder } from '../../test/write/read-folder.ts';
import { sampleTree } from '../../test/write/sample-tree.ts';
import type { OutputTree } from '../data/output-tree.ts';
import { recoverTrees, writeTree } from './write-tree.ts';

const child = join(import.meta.dirname, '../../test/write/write-in-child.ts');
const before = sampleTree({ 'a.yaml': 'a: 1\n', 'b/b.yaml': 'b: 1\n' });
const after = sampleTree({ 'a.yaml': 'a: 1\n', 'c/c.yaml': 'c: 1\n' });

let output: string;
beforeEach(() => {
  output = join(mkdtempSync(join(tmpdir(), 'fluxwright-kill-')), 'generated');
});
afterEach(() => rmSync(join(output, '..'), { recursive: true, force: true }));

test('a kill before any one of its steps leaves the old tree or the new one after the next run', () => {
  writeTree(output, before);
  const { calls } = JSON.parse(
    spawnSync(process.execPath, [child, output, JSON.stringify(after), '0']).stdout.toString(),
  );
  expect(calls).toBeGreaterThan(8);
  const seen = new Set<string>();
  for (let step = 1; step <= calls; step += 1) {
    rmSync(output, { recursive: true, force: true });
    writeTree(output, before);
    const killed = spawnSync(process.execPath, [child, output, JSON.stringify(after), String(step)]);
    expect(killed.signal, `step ${step}`).toBe('SIGKILL');
    recoverTrees(output);
    seen.add(treeName(readFolder(join(output, 'one'))));
    expect(readdirSync(output), `step ${step}`).toEqual(['one']);
    expect(writeTree(output, after).diagnostics).toEqual([]);
    expect(treeName(readFolder(join(output, 'one')))).toBe('after');
  }
  expect([...seen].sort()).toEqual(['after', 'before']);
});

test('a kill of the very first write leaves nothing or the whole tree', () => {
  for (let step = 1; step <= 10; step += 1) {
    rmSync(output, { recursive: true, force: true });
    spawnSync(process.execPath, [child, output, JSON.stringify(after), String(step)]);
    recoverTrees(output);
    expect(['', 'after'], `step ${step}`).toContain(writtenTree());
    writeTree(output, after);
    expect(writtenTree()).toBe('after');
  }
});

test('a kill at a random moment of a large write leaves the old tree or the new one', {
  timeout: 120_000,
}, async () => {
  const large = (text: string) =>
    sampleTree(
      Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f${index % 20}/${index}.yaml`, `${text}\n`])),
    );
  const [old, next] = [large('old'), large('new')];
  writeTree(output, old);
  for (let round = 0; round < 24; round += 1) {
    await killedAfter([child, output, JSON.stringify(round % 2 === 0 ? next : old), '0'], 60 + Math.random() * 120);
    recoverTrees(output);
    const found = readFolder(join(output, 'one'));
    expect([textsOf(old), textsOf(next)]).toContainEqual(found);
  }
});

function writtenTree(): string {
  try {
    return treeName(readFolder(join(output, 'one')));
  } catch {
    return '';
  }
}

function treeName(found: Record<string, string>): string {
  for (const [name, tree] of Object.entries({ before, after }))
    if (JSON.stringify(textsOf(tree)) === JSON.stringify(found)) return name;
  return `a mixture: ${Object.keys(found).join(' ')}`;
}

function textsOf(tree: OutputTree): Record<string, string> {
  return Object.fromEntries(tree.files.map(({ path, text }) => [path, text]));
}

function killedAfter(command: string[], milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const running = spawn(process.execPath, command);
    const timer = setTimeout(() => running.kill('SIGKILL'), milliseconds);
    running.on('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
