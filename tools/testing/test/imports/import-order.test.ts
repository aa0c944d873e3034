import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findCycles } from '@fluxwright/documents';
import { expect, it } from 'vitest';
import { biomeRules } from '../../src/imports/biome-rules.ts';
import { type ImportOrder, packageName, readImportOrder } from '../../src/imports/import-order.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const order = readImportOrder();
const packageOf = new Map(Object.keys(order.packages).map((folder) => [packageName(folder), folder]));

interface Import {
  /** From the root. */
  readonly file: string;
  readonly of: string;
  readonly specifier: string;
}

/** Every import of the source of a package, types and dynamic ones included; tests import what they test. */
function importsOf(name: string): readonly Import[] {
  return globSync(`tools/${name}/src/**/*.ts`, { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) =>
      [...readFileSync(path.join(root, file), 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g)].map(
        ([, specifier = '']) => ({ file, of: name, specifier }),
      ),
    );
}

/** The folder of a package's `src` that a file lies in; `.` for `src` itself. */
function folderOf(name: string, file: string): string {
  const [first = '', ...more] = path.relative(`tools/${name}/src`, file).split(path.sep);
  return more.length === 0 ? '.' : first;
}

function isAllowed({ file, of, specifier }: Import, { packages, folders }: ImportOrder): boolean {
  const other = packageOf.get(specifier);
  if (other !== undefined) return packages[of]?.includes(other) === true;
  if (!specifier.startsWith('.')) return true;
  const target = path.join(path.dirname(file), specifier);
  const isOutside = path.relative(`tools/${of}`, target).startsWith('..');
  const ranks = folders[of];
  if (isOutside || ranks === undefined || !target.startsWith(`tools/${of}/src/`)) return !isOutside;
  return ranks.indexOf(folderOf(of, target)) <= ranks.indexOf(folderOf(of, file));
}

const all = Object.keys(order.packages).flatMap(importsOf);

it('no source imports what tools/imports.json puts above it', () => {
  expect(all.length).toBeGreaterThan(1000);
  expect(all.filter((each) => !isAllowed(each, order)).map(({ file, specifier }) => `${file}: ${specifier}`)).toEqual(
    [],
  );
});

it('packages stand in an order without circles', () => {
  const names = Object.keys(order.packages);
  for (const [name, may] of Object.entries(order.packages))
    expect([name, may.filter((each) => names.indexOf(each) >= names.indexOf(name))]).toEqual([name, []]);
});

it('files import each other in no circle, types included', () => {
  const targets = Map.groupBy(
    all.filter(({ specifier }) => specifier.startsWith('.')),
    ({ file }) => file,
  );
  const next = (file: string): readonly string[] =>
    (targets.get(file) ?? []).map(({ specifier }) => path.join(path.dirname(file), specifier));
  expect(findCycles([...targets.keys()], next)).toEqual([]);
});

it.each(Object.entries(order.folders))('every folder of %s has its place', (name, ranks) => {
  const there = readdirSync(path.join(root, `tools/${name}/src`), { withFileTypes: true }).map((entry) =>
    entry.isDirectory() ? entry.name : '.',
  );
  expect([...new Set(there)].toSorted()).toEqual([...ranks].sort());
});

it('a type counts, and so does an import at run time', () => {
  const probe = (file: string, specifier: string): boolean => isAllowed({ file, of: 'model', specifier }, order);
  expect(probe('tools/model/src/load/probe.ts', '../resolve/resolved-cluster.ts')).toBe(false);
  expect(probe('tools/model/src/resolve/probe.ts', '../load/workspace.ts')).toBe(true);
  expect(probe('tools/model/src/load/probe.ts', '../../../compiler/src/index.ts')).toBe(false);
  expect(
    all.some(({ file, specifier }) => file.startsWith('tools/cli/src/') && specifier.startsWith('./commands/')),
  ).toBe(true);
});

it("biome's rules are those of tools/imports.json: npx nx run testing:import-rules", () => {
  expect(JSON.parse(readFileSync(path.join(root, 'biome.imports.json'), 'utf8'))).toEqual(biomeRules(order));
});
