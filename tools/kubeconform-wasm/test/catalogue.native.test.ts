import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type JsonSchema, loadSchemas, shareParts } from '@fluxwright/kubernetes-schemas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { createValidator, type Validator } from '../src/index.ts';
import { hasNative, nativeKubeconform } from './native-kubeconform.ts';

const root = join(import.meta.dirname, '../../..');
const location = '{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json';
const absent = !hasNative();

const schemas = loadSchemas({ kubernetesVersion: '1.36' });

/** A text for both to judge. */
interface Judged {
  readonly text: string;
  readonly of: ObjectOfKind;
}

interface ObjectOfKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The objects of the sample clusters. Not bootstrap/: a person runs it before Flux is there, and its files are no objects. */
const paths = globSync('generated/*/**/*.yaml', { cwd: root }).filter((path) => path.split('/')[2] !== 'bootstrap');
const texts = new Set(paths.sort().map((path) => readFileSync(join(root, path), 'utf8')));
const documents = [...texts].map((text): Judged => ({ text, of: parse(text) as ObjectOfKind }));
const known = documents.filter(({ of }) => isKnown(of));

/** What no schema takes, of the first object of each kind that has one: what is wrong with the others is wrong with it. */
const firsts = [...new Map(known.map(({ of }) => [`${of.apiVersion}/${of.kind}`, of] as const).reverse()).values()];
const keyed = firsts.map((of) => judged({ ...of, notAField: 1 }));
const specced = firsts.filter((of) => 'spec' in of).map((of) => judged({ ...of, spec: [1, { a: null }] }));
const unnamed = firsts.map((of) => judged({ ...of, metadata: 3 }));

describe.skipIf(absent)('the catalogue, on the engine and on the command', () => {
  let folder: string;
  let command: string;
  /** One for all: it compiles each schema once. */
  let validator: Validator;

  beforeAll(async () => {
    command = await nativeKubeconform();
    folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
    for (const { apiVersion, kind } of firsts) {
      const [group = '', version = group] = apiVersion.split('/');
      const file = join(folder, 'schemas', group, `${kind.toLowerCase()}_${version}.json`);
      mkdirSync(dirname(file), { recursive: true });
      // As the compiler hands them over.
      writeFileSync(file, JSON.stringify(shareParts(schemas.schema(apiVersion, kind) as JsonSchema)));
    }
    const options = { schemas: { folder: join(folder, 'schemas') }, schemaLocations: [location] };
    validator = await createValidator({ ...options, kubernetesVersion: '1.36.0', strict: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds what the catalogue is made of, and schemas for most of it', () => {
    expect(documents.length).toBeGreaterThan(200);
    expect(known.length).toBeGreaterThan(documents.length / 2);
  });

  it.each([
    { name: 'the objects as they are', judged: documents, status: 'valid' },
    { name: 'a key that no kind has', judged: keyed, status: 'invalid' },
    { name: 'a list for a spec', judged: specced, status: 'invalid' },
    // Neither can read such an object.
    { name: 'a number for metadata', judged: unnamed, status: 'error' },
  ])('says the same of $name, and $status where it has a schema', async ({ judged, status }) => {
    const ours = await byEngine(judged.map(({ text }) => text));
    expect(ours).toEqual(byCommand(judged.map(({ text }) => text)));
    const others = judged.filter(({ of }, i) => isKnown(of) && !ours[i]?.startsWith(`${status} `));
    expect(others.map(({ text }) => text)).toEqual([]);
  });

  async function byEngine(texts: readonly string[]): Promise<string[]> {
    const results = await validator.validate(texts);
    return results.map(({ status, kind, name, message }) => verdict(status, kind, name, message));
  }

  /** One file for each document: the command says of which one it speaks by the file's name. */
  function byCommand(texts: readonly string[]): string[] {
    const place = join(folder, 'documents');
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place);
    texts.forEach((text, i) => {
      writeFileSync(join(place, `${String(i).padStart(5, '0')}.yaml`), text);
    });
    const flags = ['-strict', '-n', '1', '-kubernetes-version', '1.36.0', '-output', 'json', '-verbose'];
    const args = [...flags, '-schema-location', join(folder, 'schemas', location), place];
    const { stdout } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1e9 });
    const { resources } = JSON.parse(stdout) as { resources: Record<string, string>[] };
    return resources
      .sort((a, b) => ((a.filename ?? '') < (b.filename ?? '') ? -1 : 1))
      .map(({ status = '', kind = '', name = '', msg = '' }) =>
        verdict(status.replace('status', '').toLowerCase(), kind, name, msg),
      );
  }
});

/** Whether the schema set has its kind; of the others both say that there is no schema. */
function isKnown({ apiVersion, kind }: ObjectOfKind): boolean {
  return schemas.describe(apiVersion, kind) !== undefined;
}

function judged(of: ObjectOfKind & { readonly [key: string]: unknown }): Judged {
  return { text: stringify(of), of };
}

/** The command lists what it found in a new order each time and names the schema by its file. */
function verdict(status: string, kind: string, name: string, message: string): string {
  const words = message
    .replace(/failed with '[^']*#'/, 'failed')
    .split(/[\s,]+/)
    .sort();
  return [status, kind, name, ...words].join(' ');
}
