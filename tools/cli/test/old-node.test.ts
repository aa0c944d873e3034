import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const bin = join(import.meta.dirname, '../bin/fluxwright.js');
const folder = mkdtempSync(join(tmpdir(), 'fluxwright-old-node-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A Node of this machine that is too old for the tools; the tests skip where there is none. */
const old = (process.env.PATH ?? '')
  .split(delimiter)
  .map((each) => join(each, 'node'))
  .find((each) => existsSync(each) && majorOf(each) < 24);

function majorOf(node: string): number {
  return Number(/^v(\d+)/.exec(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? Number.NaN);
}

function run(file: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(old ?? '', [file, ...args], { encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

describe.skipIf(old === undefined)('under an old Node', () => {
  it('the Node that npm installed takes over', () => {
    expect(run(bin, '--version')).toMatchObject({ code: 0, stderr: '' });
    expect(run(bin, 'nothing').code).toBe(2);
  });

  it('where there is none, the least that is needed is said', () => {
    const alone = join(folder, 'bin/fluxwright.js');
    mkdirSync(join(folder, 'bin'));
    cpSync(bin, alone);
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    expect(run(alone, 'build')).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^error: Fluxwright needs Node 24 or newer, and this is Node \d+\.\d+\.\d+\n {2}help: run "npm ci", .*\n$/,
      ),
    });
  });
});
