import type { LockedChart } from '@fluxwright/model';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { type Key, readCleartextMessage, readKeys, verify } from 'openpgp';
import { ChartFailure } from '../lock/chart-failure.ts';
import { sha256 } from '../lock/sha256.ts';

/** A packaged chart, and what its publisher says of it. */
export interface SignedChart {
  readonly bytes: Uint8Array;
  /** The text of its `.prov`; undefined where none is published. */
  readonly provenance: string | undefined;
}

type Asked = Pick<LockedChart, 'chart' | 'version' | 'repository'>;

/**
 * The fingerprint of the key that signed a chart, in capital hex; throws where a key of `keyring` (armored public keys) has not signed just these bytes
 * under this name and version. A provenance file is a clear-signed message: Chart.yaml, a line `...`, and the digests of files
 * (https://helm.sh/docs/topics/provenance/). The signed name and version are held, not the name of the file: who serves the index chooses that.
 */
export async function signerOf(asked: Asked, { bytes, provenance }: SignedChart, keyring: string): Promise<string> {
  if (provenance === undefined) throw unsigned(asked, `${asked.repository} has no .prov of it`);
  const keys = await keysOf(keyring);
  if (keys.length === 0) throw unsigned(asked, 'helm/keyring.asc of the component has no public key');
  const message = await readCleartextMessage({ cleartextMessage: provenance }).catch(() => undefined);
  if (message === undefined) throw unsigned(asked, 'its .prov is no signed message');
  const { signatures } = await verify({ message, verificationKeys: [...keys] }).catch(() => ({ signatures: [] }));
  const { name, version, digests } = readSigned(message.getText());
  const id = `${name} ${version}`;
  for (const { keyID, verified } of signatures) {
    if (!(await verified.catch(() => false))) continue;
    const key = keys.find((each) => each.getKeys(keyID).length > 0);
    if (key === undefined) continue;
    if (name !== asked.chart.split('/').at(-1) || plain(version) !== plain(asked.version))
      throw unsigned(asked, `its .prov is of ${id}`);
    if (!digests.includes(sha256(bytes))) throw unsigned(asked, `its .prov is of other bytes than ${sha256(bytes)}`);
    return key.getFingerprint().toUpperCase();
  }
  const ids = signatures.map(({ keyID }) => keyID.toHex().toUpperCase()).join(' and ');
  throw unsigned(
    asked,
    ids === '' ? 'its .prov has no signature' : `no key of helm/keyring.asc made the signature of ${ids}`,
  );
}

/** The keys of all blocks of a keyring: people put the keys of several publishers one below the other. */
async function keysOf(keyring: string): Promise<readonly Key[]> {
  const blocks = keyring.match(/-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g) ?? [];
  const read = blocks.map((armoredKeys) => readKeys({ armoredKeys }).catch((): Key[] => []));
  return (await Promise.all(read)).flat();
}

function unsigned({ chart, version }: Asked, note: string): ChartFailure {
  return new ChartFailure('charts/unsigned', `nobody whom its component trusts has signed ${chart} ${version}`, {
    note,
  });
}

/** What is signed: two documents of YAML, the second a map of file names to digests. */
function readSigned(text: string): {
  readonly name: string;
  readonly version: string;
  readonly digests: readonly string[];
} {
  const [head = '', tail = ''] = text.replaceAll('\r\n', '\n').split('\n...\n');
  const { name, version } = mapOf(head);
  const { files } = mapOf(tail);
  const digests = typeof files === 'object' && files !== null ? Object.values(files).map(String) : [];
  return { name: String(name), version: String(version), digests };
}

function mapOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = load(text, { schema: FAILSAFE_SCHEMA });
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function plain(version: string): string {
  return version.replace(/^v/, '');
}
