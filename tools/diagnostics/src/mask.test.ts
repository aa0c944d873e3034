import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskInPlace, maskSecrets } from './mask.ts';

const hex = '0123456789abcdef0123456789abcdef01234567';
const secrets = {
  'URL password': ['https://bot:hunter2@git.example.com/x.git', 'https://***@git.example.com/x.git'],
  'URL password with @': ['https://bot:hun@ter2@git.example.com/x', 'https://***@git.example.com/x'],
  'URL password that begins with @': ['https://bot:@ter2@git.example.com/x', 'https://***@git.example.com/x'],
  'URL token': [`https://${hex}@git.example.com/x.git`, 'https://***@git.example.com/x.git'],
  GitHub: ['ghp_0123456789abcdefghijABCDEFGHIJ012345', '***'],
  'GitHub, fine-grained': ['github_pat_11ABCDEFG0123456789abcdef_x', '***'],
  GitLab: ['glpat-0123456789abcdefghij', '***'],
  Gitea: [`token: ${hex}`, 'token: ***'],
  'Gitea header': [`Authorization: token ${hex}`, 'Authorization: token ***'],
  'AWS key id': ['id AKIAIOSFODNN7EXAMPLE', 'id ***'],
  'AWS secret': ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws_secret_access_key = ***'],
  JWT: ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.c2lnbmF0dXJl', '***'],
  bearer: ['Authorization: Bearer abcdefgh.ijkl', 'Authorization: Bearer ***'],
  'private key': [
    '-----BEGIN EC PRIVATE KEY-----\nMHcC\nAQ==\n-----END EC PRIVATE KEY-----',
    '-----BEGIN EC PRIVATE KEY-----***-----END EC PRIVATE KEY-----',
  ],
} as const;

describe('maskSecrets', () => {
  it.each(Object.entries(secrets))('masks: %s', (_, [text, masked]) => expect(maskSecrets(text)).toBe(masked));

  it.each([
    `commit ${hex}`,
    'ssh://git@git.example.com/x.git',
    'redis://:@cache:6379/0?idle_timeout_seconds=30',
    'a redis://user:@cache',
    'the token is not set',
    'https://example.com/a@b',
    'password: expected string',
  ])('leaves "%s" alone', (text) => expect(maskSecrets(text)).toBe(text));

  it('is idempotent', () => {
    const part = fc.oneof(fc.constantFrom(...Object.values(secrets).map(([text]) => text)), fc.string());
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const once = maskSecrets(parts.join(' '));
        expect(maskSecrets(once)).toBe(once);
      }),
    );
  });
});

describe('maskInPlace', () => {
  it.each(Object.entries(secrets))('keeps length and lines: %s', (_, [text]) => {
    const masked = maskInPlace(text);
    expect(masked).not.toBe(text);
    expect(masked.length).toBe(text.length);
    expect(masked.split('\n').map((line) => line.length)).toEqual(text.split('\n').map((line) => line.length));
  });
});
