import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCredentials } from '../src/settings/credentials.ts';
import { readGiven, readSettings } from '../src/settings/settings.ts';
import { defaultTiming } from '../src/timing.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'failover-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const good = {
  site: 'fsn1',
  peer: 'nbg1',
  lease: { url: 'https://objects.example.com/pair/lease', region: 'x' },
  timing: { ttl: 30 },
  witnesses: { servers: ['1.1.1.1'], quorum: 1 },
  home: { url: 'https://git.example.com/a.git', main: 'main', failover: 'failover' },
  fenced: [{ namespace: 'shop', pods: { a: 'b' }, ports: [5432] }],
  fenceFolder: '/policies',
};
const read = (value: unknown) => {
  const file = path.join(folder, 'settings.json');
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  try {
    return readSettings(file);
  } catch (error) {
    return (error as Error).message.replace(file, 'settings.json');
  }
};

describe('settings', () => {
  test('have the standard times where they say none, and change nothing unasked', () => {
    expect(read(good)).toMatchObject({ timing: defaultTiming, dryRun: false, site: 'fsn1' });
  });

  test.each([
    ['{', /^settings\.json: .*JSON/],
    [[], /^settings\.json: lease: must be an object$/],
    [{ ...good, peer: 'fsn1' }, /^settings\.json: site and peer are the same$/],
    [{ ...good, lease: { url: '' } }, /^settings\.json: lease: url must be a text$/],
    [{ ...good, timing: { ttl: 20 } }, /^settings\.json: timing: ttl must be three times every \+ request/],
    [{ ...good, timing: { drift: 0.5 } }, /^settings\.json: timing: drift must be/],
    [
      { ...good, witnesses: { servers: ['a'], quorum: 2 } },
      /witnesses\.quorum must be from 1 to the number of servers, 1$/,
    ],
    [
      { ...good, fenced: [{ namespace: 'shop', pods: {}, ports: [1] }] },
      /^settings\.json: fenced\[0\]: pods must be labels$/,
    ],
    [{ ...good, fenced: [{ namespace: 'shop', pods: { a: 'b' }, ports: ['x'] }] }, /ports must be a list of numbers$/],
  ])('that cannot be: %j', (value, message) => {
    expect(read(value)).toMatch(message);
  });
});

describe('what a person says', () => {
  const given = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    return readGiven(folder);
  };

  test('counts with a reason', () => {
    expect(given({ role: 'standby\n', override: 'takeover', reason: 'the region burns' })).toEqual({
      role: 'standby',
      override: 'takeover',
      reason: 'the region burns',
    });
  });

  test('does not count without one, and a role that is none is not known', () => {
    expect(given({ role: 'chief', override: 'takeover' })).toEqual({});
  });
});

test('a credential that lacks is named, and none is shown', () => {
  writeFileSync(path.join(folder, 'username'), 'user');
  expect(readCredentials(folder, ['username'])).toEqual({ username: 'user' });
  expect(() => readCredentials(folder, ['username', 'password'])).toThrow(`${folder} has no password`);
});
