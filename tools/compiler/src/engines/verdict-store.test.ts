import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openVerdicts } from './verdict-store.ts';

const good = 'a'.repeat(64);
const bad = 'b'.repeat(64);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxwright-verdicts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(engines: string): string {
  const file = join(folder, 'cache/good');
  const store = openVerdicts(engines, file);
  store.set(good, []);
  store.set(bad, ['wrong']);
  store.save();
  return file;
}

test('what was good is known to the next process, what was bad is judged again', () => {
  const store = openVerdicts('1.0.0', written('1.0.0'));
  expect([store.get(good), store.get(bad)]).toEqual([[], undefined]);
});

test("other engines' verdicts do not count", () => {
  expect(openVerdicts('1.0.1', written('1.0.0')).get(good)).toBeUndefined();
});

test('a damaged line is passed over', () => {
  const file = written('1.0.0');
  writeFileSync(file, `${readFileSync(file, 'utf8')}c${'d'.repeat(10)}\n`);
  expect(openVerdicts('1.0.0', file).get(good)).toEqual([]);
});

test('a place that cannot be written costs nothing but time', () => {
  writeFileSync(join(folder, 'cache'), 'a file');
  expect(() => written('1.0.0')).not.toThrow();
});

test('a store without a file forgets', () => {
  const store = openVerdicts('1.0.0');
  store.set(good, []);
  store.save();
  expect(openVerdicts('1.0.0').get(good)).toBeUndefined();
});
