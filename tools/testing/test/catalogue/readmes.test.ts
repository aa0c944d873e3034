import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadWorkspace } from '@fluxwright/model';
import { expect, test } from 'vitest';
import { componentReadme } from '../../src/readme/component-readme.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const components = [...loadWorkspace(root).value.components.values()].filter(({ folder }) =>
  folder.startsWith('components/'),
);

test('the catalogue has components', () => {
  expect(components.length).toBeGreaterThan(0);
});

test.each(components.map((component) => [component.name, component] as const))(
  'the README of %s shows its values (npx nx run testing:readmes)',
  (_name, component) => {
    const file = path.join(root, component.folder, 'README.md');
    const current = existsSync(file) ? readFileSync(file, 'utf8') : '';
    expect(current).toBe(componentReadme(component, current));
  },
);
