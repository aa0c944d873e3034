import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isObject, parseYaml, pointerPath, valueAt } from '@fluxwright/documents';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compile } from '../../src/commands/compile.ts';

const sample = resolve(import.meta.dirname, '../../../testing/fixtures/workspace');
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fluxwright-provenance-'));
  cpSync(sample, root, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Entry {
  readonly source: string;
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

async function provenance(): Promise<string> {
  const { diagnostics } = await compile({ root });
  expect(diagnostics).toEqual([]);
  return readFileSync(join(root, 'generated/one/provenance.json'), 'utf8');
}

function sources(): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.ya?ml(\.hbs)?$/.test(file) && !file.startsWith('generated'),
  );
}

it('a comment in every source moves no line', async () => {
  const before = await provenance();
  const files = sources();
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    const comment = file.endsWith('.hbs') ? '{{!-- a comment --}}\n{{!-- more --}}\n' : '# a comment\n# more\n';
    writeFileSync(join(root, file), comment + text);
  }
  expect(await provenance()).toBe(before);
});

it('every pointer leads to what its file has, and a value layer to the value that was set', async () => {
  writeFileSync(
    join(root, 'clusters/one/cluster.yaml'),
    `${readFileSync(join(root, 'clusters/one/cluster.yaml'), 'utf8')}  values: {web: {greeting: hi}}\n`,
  );
  const entries = Object.values(JSON.parse(await provenance()) as Record<string, Entry>);
  const places = entries.flatMap(({ source, values = {} }) => [source, ...Object.values(values).flat()]);
  const pointers = places.filter((place) => place.includes('#'));
  expect(pointers).toContain('clusters/one/cluster.yaml#/spec/values/web/greeting');
  for (const place of pointers) {
    const [file = '', pointer = ''] = place.split('#');
    const { value } = parseYaml(file, readFileSync(join(root, file), 'utf8'));
    const document = value?.value ?? null;
    expect(isObject(document)).toBe(true);
    expect(valueAt(document, pointerPath(pointer, document)), place).toBeDefined();
  }
  expect(places.filter((place) => /:\d+$/.test(place))).toEqual([]);
});
