import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { keepSecrets, maskKnown } from './known-secrets.ts';
import { maskInPlace, maskSecrets } from './mask.ts';

afterEach(() => keepSecrets('test', { texts: [] }));

const secret = 'Hunter2+/<&>"\' \\ü:!k';
const user = 'fluxwright';

/** How other programs say a text back. */
const encodings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'in small letters': (text) => text.toLowerCase(),
  'in a JSON text': (text) => JSON.stringify({ said: text }),
  'in a JSON text as Go writes it': (text) =>
    JSON.stringify(text).replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
  'in a JSON text with escaped slashes': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'in a URL': (text) => `https://git.example.com/?token=${encodeURIComponent(text)}`,
  'in a form': (text) => new URLSearchParams({ token: text }).toString(),
  'in a URL in a URL': (text) => encodeURIComponent(`?token=${encodeURIComponent(text)}`),
  'in HTML': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64 for URLs': (text) => Buffer.from(text).toString('base64url'),
  'in base64 in small letters': (text) => Buffer.from(text).toString('base64').toLowerCase(),
  'in base64 in a URL': (text) => encodeURIComponent(Buffer.from(text).toString('base64')),
  'in hexadecimal': (text) => Buffer.from(text).toString('hex').toUpperCase(),
};

describe('maskKnown', () => {
  it.each(Object.entries(encodings))('masks a secret %s', (_, encode) => {
    keepSecrets('test', { texts: [secret] });
    const said = encode(secret);
    const left = maskKnown(`the server says ${said} and more`);
    expect(left).toContain('***');
    expect(left).not.toMatch(/hunter|SHVudGVy|48756e74/i);
  });

  it.each(['', 'a', 'ab', 'abc', 'user:', 'fluxwright:'])('masks what is encoded in base64 behind %j', (before) => {
    keepSecrets('test', { texts: [secret] });
    const all = Buffer.from(`${before}${secret}${before}`).toString('base64');
    const left = maskKnown(`Authorization: Basic ${all}`);
    // Two characters at each end are shared with what stands beside it.
    const shown = left
      .replace(/^Authorization: Basic /, '')
      .split('***')
      .map((part) => part.length);
    const around = Math.ceil((Buffer.from(before).length * 4) / 3) + 4;
    expect(shown.every((length) => length <= around)).toBe(true);
  });

  it('masks the header that git sends', () => {
    keepSecrets('test', { texts: ['0123456789abcdef', `${user}:0123456789abcdef`] });
    const header = Buffer.from(`${user}:0123456789abcdef`).toString('base64');
    expect(maskSecrets(`remote: you sent Authorization: Basic ${header}`)).toBe(
      'remote: you sent Authorization: Basic ***',
    );
    expect(maskSecrets(`x-auth=${header.toLowerCase()}`)).toBe('x-auth=***');
  });

  it('holds for any secret in any of these forms', () => {
    const anySecret = fc
      .string({ minLength: 8, maxLength: 60, unit: 'grapheme-ascii' })
      .filter((text) => text.trim().length >= 8);
    fc.assert(
      fc.property(anySecret, fc.constantFrom(...Object.values(encodings)), fc.string(), (text, encode, around) => {
        keepSecrets('test', { texts: [text] });
        const said = encode(text.isWellFormed() ? text : 'well-formed');
        const left = maskKnown(`${around} ${said} ${around}`);
        if (!around.includes(text) && text.isWellFormed()) expect(left).not.toContain(said);
        expect(maskKnown(left)).toBe(left);
      }),
    );
  });

  it('masks each line of a secret of several', () => {
    keepSecrets('test', { texts: ['first line of it\nsecond line of it\n'] });
    expect(maskKnown('    second line of it')).toBe('    ***');
  });

  it('masks a short secret as a word, and leaves words alone that hold it', () => {
    keepSecrets('test', { texts: ['root', 'ab'] });
    expect(maskKnown('user root, rootless, ab')).toBe('user ***, rootless, ab');
  });

  it('forgets what its owner no longer says', () => {
    keepSecrets('test', { texts: ['hunter2hunter2'] });
    keepSecrets('test', { texts: [] });
    expect(maskKnown('hunter2hunter2')).toBe('hunter2hunter2');
  });
});

describe('maskInPlace', () => {
  it('masks a place whatever stands there, and keeps columns', () => {
    const span = { file: 'a.yaml', start: { line: 2, column: 5 }, end: { line: 2, column: 7 } };
    keepSecrets('test', { texts: ['no'], spans: [span] });
    expect(maskInPlace('a: no\npw: ab # no\n', 'a.yaml')).toBe('a: no\npw: ** # no\n');
    expect(maskInPlace('a: no\npw: ab # no\n', 'b.yaml')).toBe('a: no\npw: ab # no\n');
  });

  it.each([
    ['pw: hunter2', 'pw: *******'],
    ['  - {pw: hunter2, b: c}', '  - {pw: *******, b: c}'],
    ['"pw": "hunter2" }', '"pw": ********* }'],
    ['adminPassword: x y', 'adminPassword: ***'],
    ['api_key: "broken', 'api_key: *******'],
    ['pw: |\n  one\n  two\nb: c', 'pw: *\n*****\n*****\nb: c'],
    ['pw: {a: b}', 'pw: {a: b}'],
    ['name: web', 'name: web'],
  ])('masks by its name what a file that nobody could read has: %s', (text, masked) => {
    keepSecrets('test', { texts: [], unread: new Set(['a.yaml']), names: new Set(['pw']) });
    expect(maskInPlace(text, 'a.yaml')).toBe(masked);
    expect(maskInPlace(text, 'b.yaml')).toBe(text);
  });
});

it('a text of a megabyte and a hundred secrets take little', () => {
  // A program of its own, which the kernel ends after ten seconds of processor time.
  const program = `
    const { keepSecrets, maskKnown } = await import(${JSON.stringify(`${import.meta.dirname}/known-secrets.ts`)});
    keepSecrets('test', { texts: Array.from({ length: 100 }, (_, index) => 'secret number ' + index) });
    console.log(String(maskKnown('secret number'.repeat(80_000)).length));`;
  const command = `ulimit -t 10; exec "$0" --input-type=module -e "$1"`;
  expect(execFileSync('sh', ['-c', command, process.execPath, program], { encoding: 'utf8' })).toBe('1040000\n');
});
