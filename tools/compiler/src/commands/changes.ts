import { resolve } from 'node:path';
import type { Diagnostic } from '@fluxwright/diagnostics';
import type { ChangePlan } from '@fluxwright/flux';
import { unusedAcknowledgements } from '@fluxwright/flux';
import { acknowledgedAt } from '../change/acknowledged-at.ts';
import { changeOnDisk } from '../change/change-on-disk.ts';
import { holdTree } from '../change/hold-tree.ts';
import type { OutputFile, OutputTree } from '../data/output-tree.ts';
import { openLine } from '../line/open-line.ts';
import { runOne } from '../line/run-one.ts';

export interface ChangesOptions {
  /** The workspace. */
  readonly root: string;
  readonly cluster: string;
  /** Folder of the trees, from `root`; `generated` by default. */
  readonly output?: string;
  /** Files of the old tree; by default those on the disk. */
  readonly previous?: readonly OutputFile[];
  /**
   * Folder of packaged charts, from `root`; `charts` by default. Where it holds a release's old chart and its new one, what
   * Helm makes of them counts, too.
   */
  readonly charts?: string;
}

export interface ChangesResult {
  /** Absent where the cluster does not compile. */
  readonly plan?: ChangePlan;
  /** The tree of the commit that holds what the change would lose; absent where nothing has to be held. */
  readonly hold?: OutputTree;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, for printers. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Says what the step from an old tree to the one that the sources make now does to each identity. Writes nothing. */
export async function changes({
  root,
  cluster,
  output = 'generated',
  previous,
  charts,
}: ChangesOptions): Promise<ChangesResult> {
  using line = openLine({ root, clusters: [cluster], charts });
  const { tree, rendered, diagnostics, sources } = await runOne(line, 'tree');
  if (tree === undefined || rendered === undefined) return { diagnostics, sources };
  const folder = resolve(root, output, cluster);
  const { before, plan, ...change } = await changeOnDisk(tree, rendered, {
    root,
    folder,
    engines: line.engines,
    previous,
  });
  const hold = holdTree(before, plan);
  return {
    plan,
    ...(hold && { hold }),
    diagnostics: [
      ...diagnostics,
      ...change.diagnostics,
      ...unusedAcknowledgements(plan, acknowledgedAt(rendered.cluster)),
    ],
    sources: new Map([...sources, ...change.sources]),
  };
}
