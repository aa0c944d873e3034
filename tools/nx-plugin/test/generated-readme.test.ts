import { loadWorkspace } from '@fluxwright/model';
import { componentReadme } from '@fluxwright/testing';
import { expect, it } from 'vitest';
import { sampleFiles } from './sample-files.ts';
import { makeTempWorkspace } from './temp-workspace.ts';

it.each([
  { shape: 'plain', args: [] },
  { shape: 'kustomize', args: ['--kustomize'] },
  { shape: 'chart', args: ['--chart=x', '--repository=oci://registry.example.com/charts', '--chartVersion=1.2.3'] },
])('a $shape component has the README that `nx run testing:readmes` would write, and no finding', ({ args }) => {
  const workspace = makeTempWorkspace(sampleFiles);
  workspace.nx(['g', 'component', 'made', '--title=Made here', '--skipInstall', ...args]);
  const { value, diagnostics } = loadWorkspace(workspace.root);
  const component = value.components.get('made');
  const readme = workspace.read('components/made/README.md');
  workspace.close();
  expect(diagnostics).toEqual([]);
  expect(component && componentReadme(component, readme)).toBe(readme);
});
