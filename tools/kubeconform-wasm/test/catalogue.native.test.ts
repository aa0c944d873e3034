import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadSchemas } from '@fluxwright/kubernetes-schemas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createValidator } from '../src/index.ts';
import { hasNative, nativeKubeconform } from './native-kubeconform.ts';

const root = join(import.meta.dirname, '../../..');
const location = '{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json';
const absent = !hasNative();

/**
 * The objects of the sample clusters and mutants of each that its schema refuses. Not bootstrap/: a person runs it before
 * Flux is there, and its files are no objects.
 */
const documents = globSync('generated/*/{components,flux-system,kustomizations}/**/*.yaml', { cwd: root })
  .sort()
  .map((path) => readFileSync(join(root, path), 'utf8'));
const mutants = documents.flatMap((text) => [
  `${text.trimEnd()}\nnotAField: 1\n`,
  text.replace(/^metadata:\n(?: .*\n)*/m, 'metadata: 3\n'),
  text.replace(/^spec:\n(?: .*\n)*/m, 'spec: [1, {a: null}]\n'),
]);

describe.skipIf(absent)('the catalogue, on the engine and on the command', () => {
  let folder: string;
  let command: string;

  beforeAll(async () => {
    command = await nativeKubeconform();
    folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
    const schemas = loadSchemas({ kubernetesVersion: '1.36' });
    for (const text of documents) {
      const { apiVersion, kind } = parse(text) as { apiVersion: string; kind: string };
      const [group = '', version = group] = apiVersion.split('/');
      const file = join(folder, 'schemas', group, `${kind.toLowerCase()}_${version}.json`);
      const schema = schemas.schema(apiVersion, kind);
      mkdirSync(dirname(file), { recursive: true });
      if (schema !== undefined) writeFileSync(file, JSON.stringify(schema));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds what the catalogue is made of', () => expect(documents.length).toBeGreaterThan(200));

  it.each([
    { name: 'the objects as they are', texts: documents, status: 'valid', atLeast: documents.length / 2 },
    // One in three: some kinds have no schema here, and some mutants of objects without a spec are the object itself.
    { name: 'mutants of them', texts: mutants, status: 'invalid', atLeast: documents.length },
  ])('says the same of $name', async ({ texts, status, atLeast }) => {
    const ours = await byEngine(texts);
    expect(ours).toEqual(byCommand(texts));
    expect(ours.filter((verdict) => verdict.startsWith(status)).length).toBeGreaterThan(atLeast);
  });

  async function byEngine(texts: readonly string[]): Promise<string[]> {
    const schemas = { folder: join(folder, 'schemas') };
    const options = { schemas, schemaLocations: [location], kubernetesVersion: '1.36.0', strict: true };
    const results = await (await createValidator(options)).validate(texts);
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

/** The command lists what it found in a new order each time and names the schema by its file. */
function verdict(status: string, kind: string, name: string, message: string): string {
  const words = message
    .replace(/failed with '[^']*#'/, 'failed')
    .split(/[\s,]+/)
    .sort();
  return [status, kind, name, ...words].join(' ');
}
