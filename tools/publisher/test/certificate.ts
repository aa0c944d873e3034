import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate for 127.0.0.1 that nobody but itself has signed. The caller removes the folder. */
export function makeCertificate(): {
  readonly folder: string;
  /** The certificate, which is its own CA. */
  readonly file: string;
  readonly pair: { readonly key: string; readonly cert: string };
} {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-tls-'));
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', file, ...subject],
    { stdio: 'pipe' },
  );
  return { folder, file, pair: { key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8') } };
}
