import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
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

test('the name of a key in a Secret is none', () => {
  expect(secretText('writer', 'password', ['spec', 'authentication', 'passwordSecret', 'password'])).toBeUndefined();
});

test('nearly all random keys of 32 bytes are seen', () => {
  const seen = Array.from({ length: 500 }, () => randomBytes(32).toString('base64')).filter(
    (key) => secretText(key, 'key', ['spec', 'values', 'key']) !== undefined,
  );
  expect(seen.length).toBeGreaterThan(450);
});

/** Made when the test runs, so that no scanner takes the test itself for a leak; the same at each run. */
let made = 0;
const bytesOf = (length: number): Buffer => {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, () => {
    made += 1;
    return createHash('sha256').update(String(made)).digest();
  });
  return Buffer.concat(blocks).subarray(0, length);
};
const hex = (length: number): string => bytesOf(length).toString('hex').slice(0, length);
const letters = (length: number): string => {
  const alphabet = 'aB3dE5gH7jK9mN1pQ4sT6vW8xZ';
  return Array.from(bytesOf(length), (byte) => alphabet[byte % alphabet.length]).join('');
};
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const edwards = generateKeyPairSync('ed25519');
const pemOf = (key: typeof rsa.privateKey, type: 'pkcs1' | 'pkcs8' | 'sec1' = 'pkcs8'): string =>
  key.export({ type, format: 'pem' }) as string;
const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const bodyOf = (text: string): string => text.replace(/-----.*-----/g, '').trim();

const secrets: readonly (readonly [string, string, string])[] = [
  ['private_token in a URL', 'url', `https://git.example.com/api/v4/projects?private_token=${letters(20)}`],
  ['access_token in a URL', 'url', `https://api.example.com/x?a=b&access_token=${letters(12)}&c=d`],
  ['a signed URL of S3', 'url', `https://b.s3.amazonaws.com/x?X-Amz-Signature=${hex(64)}`],
  ['a live key of Stripe', 'stripe', `sk_live_${letters(24)}`],
  ['a restricted key of Stripe', 'stripe', `rk_live_${letters(24)}`],
  ['a webhook of Slack', 'url', `https://hooks.slack.com/services/T0ABCDEFG/B0ABCDEFG/${letters(24)}`],
  ['a webhook of Discord', 'url', `https://discord.com/api/webhooks/123456789012345678/${letters(68)}`],
  ['an AWS secret key by its name', 'aws_secret_access_key', `w${letters(18)}/K7MDENG${letters(12)}/b`],
  ['an AWS secret key in a file', 'credentials', `[default]\naws_secret_access_key = wJ4${letters(37)}\n`],
  ['a connection string', 'connection', 'Server=db;User Id=shop;Password=hunter2;Encrypt=true'],
  ['a connection string that ends so', 'connection', 'Server=db;Database=shop;Pwd=hunter2'],
  ['a login for HTTP', 'header', `Basic ${base64('shop:hunter2')}`],
  ['a login for HTTP in a header', 'script', `curl -H "Authorization: Basic ${base64('shop:hunter2')}" http://a`],
  ['a bearer token', 'header', `Authorization: Bearer ${letters(40)}`],
  ['hexadecimal under token', 'token', hex(40)],
  ['hexadecimal under secretKey', 'secretKey', hex(32)],
  ['hexadecimal in an environment variable', 'HCLOUD_TOKEN', letters(64)],
  ['a UUID under apiKey', 'apiKey', '3f2a9c1e-7b4d-4e8f-9a6b-2c5d8e1f4a7b'],
  ['a PGP key', 'key', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQVYBGN=\n-----END PGP PRIVATE KEY BLOCK-----'],
  ['a key of PuTTY', 'key', 'PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAA'],
  ['a key in base64', 'data', base64(pemOf(ec.privateKey))],
  ['a key in base64 behind a line break', 'data', base64(`\n${pemOf(ec.privateKey)}`)],
  ['a key in base64 behind two and a blank', 'data', base64(` \n\n${pemOf(ec.privateKey)}`)],
  ['a key in base64 on several lines', 'data', base64(pemOf(rsa.privateKey)).replace(/.{76}/g, '$&\n')],
  ['a key in base64 in base64', 'data', base64(base64(pemOf(ec.privateKey)))],
  ['a key in base64 inside a text', 'script', `echo ${base64(pemOf(ec.privateKey))} | base64 -d > key.pem`],
  ['the body of a PKCS #8 key called certificate', 'certificate', bodyOf(pemOf(rsa.privateKey))],
  ['the body of a PKCS #1 key called ca.crt', 'ca.crt', bodyOf(pemOf(rsa.privateKey, 'pkcs1'))],
  ['the body of a SEC 1 key', 'tls.crt', bodyOf(pemOf(ec.privateKey, 'sec1'))],
  ['the body of an EC key', 'tls.crt', bodyOf(pemOf(ec.privateKey))],
  ['the body of an Ed25519 key', 'tls.crt', bodyOf(pemOf(edwards.privateKey))],
  ['a certificate with its key', 'server.pem', `${certificate}${pemOf(ec.privateKey)}`],
  ['a token of GitLab in base64', 'data', base64(`token: glpat-${letters(20)}\n`)],
  ['a token of Grafana', 'env', `glsa_${letters(32)}_${hex(8)}`],
  ['a token of DigitalOcean', 'env', `dop_v1_${hex(64)}`],
  ['a token of SendGrid', 'env', `SG.${letters(22)}.${letters(43)}`],
  ['a token of Telegram', 'env', `123456789:AA${letters(33)}`],
  ['an account key of Azure', 'env', `DefaultEndpointsProtocol=https;AccountKey=${letters(86)}==`],
  [
    'a docker config',
    '.dockerconfigjson',
    `{"auths":{"r.example.com":{"auth":"Basic ${base64('u:hunter2hunter2')}"}}}`,
  ],
  ['a password of one word', 'password', 'Welcome'],
  ['a passphrase of words', 'passphrase', 'correct horse battery staple'],
];

const harmless: readonly (readonly [string, string, string])[] = [
  ['a certificate under tls.crt', 'tls.crt', longCertificate()],
  ['certificates under ca-bundle.crt', 'ca-bundle.crt', longCertificate() + longCertificate()],
  ['a certificate under *.pem', 'server.pem', longCertificate()],
  ['a certificate with a comment', 'ca.pem', `# Root of example.com\n${longCertificate()}`],
  ['a certificate in base64', 'tls.crt', base64(longCertificate())],
  ['a certificate in base64 in a text', 'config', `ca: ${base64(longCertificate())}\n`],
  ['a certificate that is indented', 'config', `ca: |\n${longCertificate().replace(/^/gm, '    ')}`],
  ['cosign.pub', 'cosign.pub', publicPem],
  ['a public key in base64', 'data', base64(publicPem)],
  [
    'a PGP public key',
    'key.asc',
    `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${letters(400)}\n-----END PGP PUBLIC KEY BLOCK-----`,
  ],
  ['an RSA public key of SSH', 'id_rsa.pub', `ssh-rsa AAAAB3NzaC1yc2E${letters(350)} me@example.com`],
  ['an Ed25519 public key of SSH', 'key', `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${letters(43)} me`],
  ['known_hosts', 'known_hosts', `git.example.com,10.0.0.1 ecdsa-sha2-nistp256 AAAAE2VjZHNh${letters(120)}=\n`],
  [
    'known_hosts, hashed',
    'hosts',
    `|1|${letters(27)}=|${letters(27)}= ssh-ed25519 AAAAC3NzaC1lZDI1NTE5${letters(44)}\n`,
  ],
  ['a fingerprint of SSH', 'host', `SHA256:${letters(43)}`],
  ['a sha256 in base64', 'integrity', `${bytesOf(32).toString('base64')}`],
  ['a sha256 in base64 behind its name', 'script', `echo sha256=${bytesOf(32).toString('base64')}`],
  ['a sha256 in a policy of a page', 'csp', `script-src 'sha256-${bytesOf(32).toString('base64')}'`],
  ['a checksum', 'checksum/config', hex(64)],
  ['a digest of an image', 'image', `registry.example.com/a/b@sha256:${hex(64)}`],
  ['a label of a form', 'forgotPassword', 'Forgot your password?'],
  ['another label', 'resetPassword', 'Reset password'],
  ['a sentence called password', 'password', 'Please enter your password.'],
  ['a switch', 'changePassword', 'true'],
  ['the name of a Secret', 'secret', 'harbor-registry-credentials'],
  ['the name of a Secret with a number', 'existingSecret', 'harbor-registry-v2-credentials'],
  ['the name of a Secret', 'tokenSecretName', 'grafana-service-account-token-2'],
  ['a name called token', 'token', 'service-account-token'],
  ['a path', 'secretKey', '/etc/secrets/signing-key/current'],
  ['a variable in a URL', 'url', 'https://git.example.com/api?private_token=$(TOKEN)'],
  ['a variable in a login', 'header', 'Authorization: Basic $(BASIC_AUTH)'],
  ['words about a login', 'description', 'use basic authentication, or bearer authentication'],
  ['a placeholder of a connection string', 'connection', 'Server=db;Password={password};Encrypt=true'],
  ['a variable in a connection string', 'connection', 'Server=db;Password=$(DB_PASSWORD);Encrypt=true'],
  ['the URL of a repository', 'url', 'ssh://git@git.example.com/fleet/platform.git'],
  ['a query of metrics', 'expr', 'sum(rate(http_requests_total{job="api",code=~"5.."}[5m])) by (instance)'],
  ['a long name of a metric', 'name', 'container_network_receive_bytes_total_without_loopback_interfaces'],
  [
    'a cipher suite',
    'tls-cipher-suites',
    'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  ],
  ['a commit', 'revision', `main@sha1:${hex(40)}`],
  ['a UUID of a dashboard', 'uid', '3f2a9c1e-7b4d-4e8f-9a6b-2c5d8e1f4a7b'],
  ['an ARN', 'role', 'arn:aws:iam::123456789012:role/eksctl-NodeInstanceRole-ABCDEFGHIJKL'],
  ['an empty UUID', 'token', '00000000-0000-0000-0000-000000000000'],
];

/** A certificate as long as real ones are: what stands between the lines is random to every reader. */
function longCertificate(): string {
  const body = `MIIDdzCCAl+gAwIBAgIE${bytesOf(600).toString('base64')}`;
  return `-----BEGIN CERTIFICATE-----\n${body.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

describe('what people commit', () => {
  test.each(secrets)('%s is a secret', (_, name, text) => {
    expect(secretText(text, name, ['data', name])).toBeDefined();
  });

  test.each(harmless)('%s is none', (_, name, text) => {
    expect(secretText(text, name, ['data', name])).toBeUndefined();
  });
});
