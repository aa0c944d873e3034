import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadWorkspace } from '@fluxwright/model';
import { componentReadme } from '../src/readme/component-readme.ts';

const root = path.resolve(import.meta.dirname, '../../..');

for (const component of loadWorkspace(root).value.components.values()) {
  if (!component.folder.startsWith('components/')) continue;
  const file = path.join(root, component.folder, 'README.md');
  const current = existsSync(file) ? readFileSync(file, 'utf8') : `# ${component.spec.title}\n`;
  const wanted = componentReadme(component, current);
  if (wanted !== current) writeFileSync(file, wanted);
}
