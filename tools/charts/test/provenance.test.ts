import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createCleartextMessage, generateKey, type PrivateKey, sign } from 'openpgp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../publisher/test/certificate.ts';
import { sha256 } from '../src/lock/sha256.ts';
import { signerOf } from '../src/provenance/chart-provenance.ts';
import { pullCharts } from '../src/pull-charts.ts';
import { updateCharts } from '../src/update-charts.ts';
import { verifyCharts } from '../src/verify-charts.ts';
import { type ChartServer, sampleChart, startChartServer } from './chart-server.ts';
import { type ChartWorkspace, makeChartWorkspace } from './chart-workspace.ts';

interface Publisher {
  readonly key: PrivateKey;
  readonly keyring: string;
}

const bytes = sampleChart('web', '1.2.0');
const certificate = makeCertificate();
let ann: Publisher;
let eve: Publisher;
let server: ChartServer;
let workspace: ChartWorkspace;
beforeAll(async () => {
  [ann, eve] = await Promise.all([publisher('ann'), publisher('eve')]);
  server = await startChartServer(certificate.pair);
});
afterAll(async () => {
  await server.close();
  rmSync(certificate.folder, { recursive: true, force: true });
});
beforeEach(() => {
  workspace = makeChartWorkspace();
});
afterEach(() => workspace.close());

async function publisher(name: string): Promise<Publisher> {
  const userIDs = { name, email: `${name}@example.com` };
  const { privateKey, publicKey } = await generateKey({ type: 'curve25519', userIDs, format: 'object' });
  return { key: privateKey, keyring: publicKey.armor() };
}

/** What `helm package --sign` writes. */
async function signed(
  by: Publisher,
  { name = 'web', version = '1.2.0', digest = sha256(bytes) } = {},
): Promise<string> {
  const text = `apiVersion: v2\nname: ${name}\nversion: ${version}\n\n...\nfiles:\n  web-1.2.0.tgz: ${digest}\n`;
  return sign({ message: await createCleartextMessage({ text }), signingKeys: by.key });
}

const asked = { repository: 'https://charts.example.com', chart: 'web', version: '1.2.0' };
const refusalOf = (provenance: string | undefined, keyring = ann.keyring): Promise<string> =>
  signerOf(asked, { bytes, provenance }, keyring).then(
    () => 'nothing',
    ({ note }) => note,
  );

describe('the signer of a chart', () => {
  it('is known by its key, also among others', async () => {
    const own = ann.key.getFingerprint().toUpperCase();
    expect(await signerOf(asked, { bytes, provenance: await signed(ann) }, ann.keyring)).toBe(own);
    const both = `${eve.keyring}\n${ann.keyring}`;
    expect(await signerOf(asked, { bytes, provenance: await signed(ann) }, both)).toBe(own);
    expect(await signerOf({ ...asked, version: 'v1.2.0' }, { bytes, provenance: await signed(ann) }, ann.keyring)).toBe(
      own,
    );
  });

  it('of a package that Helm 4.3.1 has signed is the key of gpg', async () => {
    const read = (file: string): string => readFileSync(join(import.meta.dirname, 'signed', file), 'utf8');
    const packed = {
      bytes: Buffer.from(read('web-1.2.0.tgz.base64'), 'base64'),
      provenance: read('web-1.2.0.tgz.prov'),
    };
    expect(await signerOf(asked, packed, read('keyring.asc'))).toMatch(/^[0-9A-F]{40}$/);
  });

  it('is nobody where another key signed, or text was changed', async () => {
    const made = await signed(ann);
    expect(await refusalOf(await signed(eve))).toContain('no key of helm/keyring.asc made the signature');
    expect(await refusalOf(made.replace('name: web', 'name: wab'))).toContain('no key of helm/keyring.asc');
    expect(await refusalOf('<html>log in</html>')).toBe('its .prov is no signed message');
    expect(await refusalOf(undefined)).toBe('https://charts.example.com has no .prov of it');
    expect(await refusalOf(made, 'no key')).toBe('helm/keyring.asc of the component has no public key');
  });

  it('has signed this chart, not another one or another version of it', async () => {
    expect(await refusalOf(await signed(ann, { name: 'db' }))).toBe('its .prov is of db 1.2.0');
    expect(await refusalOf(await signed(ann, { version: '1.1.0' }))).toBe('its .prov is of web 1.1.0');
    const other = `sha256:${'0'.repeat(64)}`;
    expect(await refusalOf(await signed(ann, { digest: other }))).toContain('is of other bytes than');
  });
});

describe('a component with helm/keyring.asc', () => {
  const options = () => ({
    root: workspace.root,
    environment: workspace.environment,
    caFile: certificate.file,
    backoff: 1,
  });
  const codes = ({ diagnostics }: { readonly diagnostics: readonly { readonly code: string }[] }) =>
    diagnostics.map(({ code }) => code);
  const ask = (repository: string, keyring?: string): void => {
    workspace.component('web', { helm: { repository, chart: 'web', version: '1.2.0' } });
    if (keyring !== undefined) workspace.write('components/web/helm/keyring.asc', keyring);
  };

  it.each(['repository', 'registry'])('has its chart locked with who signed it, from a %s', async (kind) => {
    server.add('web', '1.2.0', { provenance: await signed(ann) });
    ask(kind === 'registry' ? `oci://${server.host}/charts` : server.url, ann.keyring);
    expect(codes(await updateCharts(options()))).toEqual([]);
    const signer = ann.key.getFingerprint().toUpperCase();
    expect(workspace.read('charts.lock.yaml').toString()).toContain(`signedBy: ${signer}\n`);
    expect(codes(await pullCharts(options()))).toEqual([]);
    expect(codes(verifyCharts(options()))).toEqual([]);
  });

  it.each(['repository', 'registry'])(
    'is refused one of another key, or that nobody signed, from a %s',
    async (kind) => {
      const repository = kind === 'registry' ? `oci://${server.host}/charts` : server.url;
      server.add('web', '1.2.0', { provenance: await signed(eve) });
      ask(repository, ann.keyring);
      expect(codes(await updateCharts(options()))).toEqual(['charts/unsigned']);
      server.files.delete('/charts/web-1.2.0.tgz.prov');
      server.add('web', '1.2.0');
      expect(codes(await updateCharts(options()))).toEqual(['charts/unsigned']);
      expect(workspace.exists('charts.lock.yaml')).toBe(false);
    },
  );

  it('that comes to it later keeps its digest, and has to be locked again', async () => {
    server.add('web', '1.2.0', { provenance: await signed(ann) });
    ask(server.url);
    expect(codes(await updateCharts(options()))).toEqual([]);
    ask(server.url, ann.keyring);
    expect(codes(verifyCharts(options()))).toEqual(['charts/not-locked']);
    workspace.forgetCache();
    server.add('web', '1.2.0', { provenance: await signed(ann), text: 'changed' });
    expect(codes(await updateCharts(options()))).not.toEqual([]);
    server.add('web', '1.2.0', { provenance: await signed(ann) });
    server.files.set('/index.yaml', Buffer.from(indexOf(bytes)));
    const { lines, diagnostics } = await updateCharts(options());
    expect(diagnostics).toEqual([]);
    expect(lines).toEqual([`~ web 1.2.0 signed by ${ann.key.getFingerprint().toUpperCase()}`]);
  });
});

function indexOf(chart: Uint8Array): string {
  const entry = `{version: 1.2.0, digest: ${sha256(chart).slice(7)}, urls: [charts/web-1.2.0.tgz]}`;
  return `apiVersion: v1\nentries:\n  web: [${entry}]\n`;
}
