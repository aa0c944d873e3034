import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OBJECT_META, OBJECT_META_OR_NULL } from '../src/convert-structural.ts';
import type { JsonSchema } from '../src/json-schema.ts';
import type { Manifest, ManifestSet } from '../src/manifest.ts';
import { orNull } from '../src/or-null.ts';
import { renderNotice } from './notice.ts';
import { packSet } from './pack-set.ts';
import { type ReadSource, readSource } from './read-source.ts';
import type { Sources } from './source.ts';

// Regenerates data/, manifest.json and NOTICE from sources.json.

const root = join(import.meta.dirname, '..');
const SWAGGER_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

const { sources, unavailable } = JSON.parse(readFileSync(join(root, 'sources.json'), 'utf8')) as Sources;
const reads = sources.map(readSource);
const metadata = metadataDefinitions(reads);

rmSync(join(root, 'data'), { recursive: true, force: true });
mkdirSync(join(root, 'data'));
const names = [...new Set(sources.map((source) => source.set))].sort();
const sets = names.map((name) =>
  writeSet(
    name,
    reads.filter((read) => read.source.set === name),
  ),
);
const manifest: Manifest = { sets, unavailable };
writeFileSync(join(root, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
writeFileSync(join(root, 'NOTICE'), renderNotice(reads));

/** Custom resources carry the metadata of the newest minor's own kinds: the first that sources.json names. */
function metadataDefinitions(all: readonly ReadSource[]): Record<string, JsonSchema> {
  const newest = all.find((read) => 'swagger' in read.source.read);
  if (newest === undefined) throw new Error('sources.json names no built-in kinds');
  const metadata = newest.definitions[SWAGGER_META] as JsonSchema;
  return { ...newest.definitions, [OBJECT_META]: metadata, [OBJECT_META_OR_NULL]: orNull(metadata) };
}

function writeSet(name: string, members: readonly ReadSource[]): ManifestSet {
  const kinds = members.flatMap((member, source) => member.kinds.map((kind) => ({ ...kind, source })));
  const builtIn = members.find((member) => 'swagger' in member.source.read);
  const packed = packSet(kinds, builtIn?.definitions ?? metadata);
  const file = `${name}.json.br`;
  writeFileSync(join(root, 'data', file), packed.bytes);
  return {
    file,
    kubernetesVersion: builtIn !== undefined && 'minor' in builtIn.source.read ? builtIn.source.read.minor : null,
    sources: members.map(({ source: { registry, module, version, sum, release, installed }, licence }) => {
      // Keys without a value are not written.
      return { registry, module, version, release, sum, license: licence.id, installed };
    }),
    kinds: packed.kinds,
  };
}
