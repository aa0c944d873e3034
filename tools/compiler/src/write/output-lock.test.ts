import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LockedError, withLock } from './output-lock.ts';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxwright-lock-'));
  lock = join(folder, 'locks/one.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a lock is held during the work and gone after it, also when the work fails', () => {
  expect(withLock(lock, () => readdirSync(join(folder, 'locks')))).toEqual(['one.lock']);
  expect(() => withLock(lock, () => fail())).toThrow('the work failed');
  expect(readdirSync(join(folder, 'locks'))).toEqual([]);
});

test('a lock that another process holds is waited for and then given up, naming the owner', () => {
  withLock(lock, () => {
    expect(() => withLock(lock, () => 'never', 50)).toThrow(LockedError);
    expect(() => withLock(lock, () => 'never', 50)).toThrow(`${hostname()}:${process.pid}`);
  });
});

test('the lock of a process that has ended is taken over', () => {
  const { pid } = spawnSync('true');
  withLock(lock, () => undefined);
  symlinkSync(`${hostname()}:${pid}:1:token`, lock);
  expect(withLock(lock, () => 'mine', 1000)).toBe('mine');
  expect(readdirSync(join(folder, 'locks'))).toEqual([]);
});

test('a later process with the same id is not the owner', () => {
  withLock(lock, () => undefined);
  symlinkSync(`${hostname()}:${process.pid}:1:token`, lock);
  expect(withLock(lock, () => 'mine', 1000)).toBe('mine');
});

test('the fresh lock of another machine is respected', () => {
  withLock(lock, () => undefined);
  symlinkSync('elsewhere:1:1:token', lock);
  expect(() => withLock(lock, () => 'never', 50)).toThrow(LockedError);
});

function fail(): never {
  throw new Error('the work failed');
}
