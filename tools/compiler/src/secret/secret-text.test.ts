import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { secretText } from './secret-text.ts';

const pem = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA==\n-----END EC PRIVATE KEY-----\n';
const certificate = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUE5T1e8\n-----END CERTIFICATE-----\n';

test.each([
  ['config', `tls:\n  key: |\n    ${pem}`, 'secret/known-form'],
  ['tls.key', Buffer.from(pem).toString('base64'), 'secret/known-form'],
  ['url', 'postgres://shop:hunter2@db.shop.svc:5432/shop', 'secret/known-form'],
  ['token', 'ghp_0123456789abcdefghijABCDEFGHIJ012345', 'secret/known-form'],
  ['adminPassword', 'Harbor12345', 'secret/literal-password'],
  ['DB_PASSWORD', 'postgres', 'secret/literal-password'],
  ['password', 'changeme', 'secret/literal-password'],
  ['signingSecret', 'CeRc6WK8KjzRXrKkd9YFnSWcNyqLSIY8JwiaCeRc6WK4UkM', 'secret/high-entropy'],
  ['script', 'curl -H "X-Key: 8fJ2kQp9ZxT4vLm1RwYs6NbUe3HcGa7D" https://example.com', 'secret/high-entropy'],
])('%s: %s is a secret', (name, text, code) => {
  expect(secretText(text, name, ['spec', 'values', name])?.code).toBe(code);
});

test.each([
  ['password', '{{ .password }}'],
  ['password', '$(DB_PASSWORD)'],
  ['passwordFile', '/etc/secrets/password-of-the-database'],
  ['existingSecretAdminPassword', 'harbor'],
  ['passwordMode', 'keepUpdated'],
  ['url', 'postgres://shop:$(DB_PASSWORD)@db.shop.svc:5432/shop'],
  ['image', `registry.example.com/shop@sha256:${'0a1b2c3d'.repeat(8)}`],
  ['caBundle', Buffer.from(certificate).toString('base64')],
  ['ca', certificate],
  ['icon', 'http://info.example.com/rs/773-GON-065/images/example_logo.png'],
  ['id', '00000000-0000-4000-8000-0123456789ab'],
  ['commit', '0123456789abcdef0123456789abcdef01234567'],
  ['name', 'HorizontalPodAutoscalerWithCustomMetricsV2Beta2'],
  ['expression', "variables.containers.all(c, c.image.matches('^(.*/)?[^/:]+:[^/:]+$'))"],
  ['integrity', 'sha512-kHmT2dXqA9wYz3LpNc8RvBf5JsGu1EoQ7iVxKl6ZtPnWr4CyDbMjXaSgUeFhOqTi=='],
])('%s: %s is none', (name, text) => {
  expect(secretText(text, name, ['spec', 'values', name])).toBeUndefined();
});

test('nearly all random keys of 32 bytes are seen', () => {
  const seen = Array.from({ length: 500 }, () => randomBytes(32).toString('base64')).filter(
    (key) => secretText(key, 'key', ['spec', 'values', 'key']) !== undefined,
  );
  expect(seen.length).toBeGreaterThan(450);
});
