import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.ts';

const openssl = (cwd: string, ...args: string[]): Promise<string> => run('openssl', args, { cwd });

/** Makes `<name>.crt` and `<name>.key` in a folder: a certificate that signs others. */
export async function makeAuthority(folder: string, name: string): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-keyout', `${name}.key`];
  await openssl(folder, 'req', '-x509', ...key, '-days', '2', '-subj', `/CN=${name}`, '-out', `${name}.crt`);
}

/** Makes `<name>.crt` and `<name>.key` for the DNS names, and for localhost; `ca` signs it. */
export async function makeCertificate(
  folder: string,
  name: string,
  { ca, dnsNames }: { readonly ca: string; readonly dnsNames: readonly string[] },
): Promise<void> {
  const names = [...dnsNames, 'localhost'].map((each) => `DNS:${each}`).join(',');
  writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${names}\n`);
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`];
  await openssl(folder, 'req', ...key, '-subj', `/CN=${name}`, '-out', `${name}.csr`);
  const signer = ['-CA', `${ca}.crt`, '-CAkey', `${ca}.key`, '-CAcreateserial', '-days', '2'];
  await openssl(
    folder,
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    ...signer,
    '-extfile',
    `${name}.ext`,
    '-out',
    `${name}.crt`,
  );
}
