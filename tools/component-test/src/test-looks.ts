import { hash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { folderState, openStamps, programState, workspaceDigests } from '@fluxwright/compiler';
import { type Component, loadComponentTests, testedWith, type Workspace } from '@fluxwright/model';
import type { TestOutcome } from './test-component.ts';

const own = join(import.meta.dirname, '..');

/** Looks at the tests of components before they are run (docs/decisions/0024). */
export interface TestLooks {
  /** Outcomes of a component whose tests passed, where nothing has changed since that they depend on. */
  look(component: Component): readonly TestOutcome[] | undefined;
  /** Remembers tests that passed. */
  keep(component: Component, outcomes: readonly TestOutcome[]): void;
}

interface Stamp {
  readonly input: string;
  readonly outcomes: readonly TestOutcome[];
}

export interface TestLookOptions {
  /** Where stamps are kept, absolute. */
  readonly folder: string;
  /** Folder of charts at hand, from the root. */
  readonly charts: string;
}

export function openTestLooks(workspace: Workspace, { folder, charts }: TestLookOptions): TestLooks {
  const { root } = workspace;
  const atHand = folderState(resolve(root, charts), { follow: true });
  const stamps = openStamps<Stamp>(folder, `tests ${root}`, `${programState(own)} ${atHand?.digest}`);
  const digests = workspaceDigests(workspace);
  const inputOf = (component: Component): string => {
    const { tests, sources } = loadComponentTests(workspace, component).value;
    const parts = testedWith(workspace, component, tests).map((name) => [name, digests.component(name)]);
    return hash('sha256', JSON.stringify([digests.catalogue, parts, [...sources]]), 'hex');
  };
  return {
    look: (component) => {
      const stamp = stamps.get(component.name);
      return stamp !== undefined && stamp.input === inputOf(component) ? stamp.outcomes : undefined;
    },
    keep: (component, outcomes) => stamps.set(component.name, { input: inputOf(component), outcomes }),
  };
}
