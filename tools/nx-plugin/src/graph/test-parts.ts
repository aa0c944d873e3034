import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadComponentTests, loadWorkspace, testedWith } from '@fluxwright/model';
import { workspaceDataDirectory } from '@nx/devkit/internal';
import { readRecord, writeRecord } from './record-file.ts';

/** component → the workspace's own components that can be in a cluster of its tests. One that cannot be read is absent. */
export type TestParts = Readonly<Record<string, readonly string[]>>;

interface PartsRecord {
  readonly key: string;
  readonly parts: TestParts;
}

const file = join(workspaceDataDirectory, 'fluxwright-test-parts.json');

/** What the tests of components are made of; read anew where a manifest or a case has changed. */
export function testParts(root: string, manifests: readonly string[]): TestParts {
  const shared = ['package.json', 'components/values.defs.json', 'components/services.defs.json'];
  const own = manifests.flatMap((manifest) => [
    manifest,
    `${dirname(manifest)}/services.defs.json`,
    ...casesBeside(root, manifest),
  ]);
  const texts = [...shared, ...own].sort().map((path) => [path, textOf(root, path)]);
  const key = hash('sha256', JSON.stringify(texts), 'hex');
  const known = readRecord<PartsRecord>(file);
  if (known?.key === key) return known.parts;
  const { value: workspace } = loadWorkspace(root, { clusters: [] });
  const mine = [...workspace.components.values()].filter(({ folder }) => folder.startsWith('components/'));
  const names = new Set(mine.map(({ name }) => name));
  const parts = Object.fromEntries(
    mine.map((component) => {
      const { tests } = loadComponentTests(workspace, component).value;
      return [component.name, testedWith(workspace, component, tests).filter((name) => names.has(name))];
    }),
  );
  writeRecord(file, { key, parts });
  return parts;
}

function casesBeside(root: string, manifest: string): readonly string[] {
  const folder = `${dirname(manifest)}/tests`;
  try {
    return readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

function textOf(root: string, path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return '';
  }
}
