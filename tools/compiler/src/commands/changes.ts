import { join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '@fluxwright/diagnostics';
import type { ChangePlan } from '@fluxwright/flux';
import { changeFindings, planChange, unusedAcknowledgements } from '@fluxwright/flux';
import { acknowledgedAt } from '../change/acknowledged-at.ts';
import { clusterComponents } from '../change/cluster-components.ts';
import { componentFindings } from '../change/component-findings.ts';
import { holdTree } from '../change/hold-tree.ts';
import { readTreeFolder } from '../change/read-tree-folder.ts';
import type { OutputFile, OutputTree } from '../data/output-tree.ts';
import { openLine } from '../line/open-line.ts';
import { runOne } from '../line/run-one.ts';
import { pairReleases } from '../pair/pair-releases.ts';
import { treePair } from '../pair/tree-pair.ts';

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
  using line = openLine({ root, clusters: [cluster], ...(charts !== undefined && { charts }) });
  const { result, diagnostics, sources } = await runOne(line, 'tree');
  const { tree, rendered } = result ?? {};
  if (tree === undefined || rendered === undefined) return { diagnostics, sources };
  const folder = resolve(root, output, cluster);
  const shown = relative(root, folder).split(sep).join('/');
  const old = previous ?? readTreeFolder(folder);
  const read = treePair(tree, rendered, { previous: old, shown });
  const { pair, unseen } = await pairReleases(read, rendered, line.engines);
  const plan = planChange({ ...pair, acknowledge: rendered.cluster.spec.acknowledge ?? [] });
  const hold = holdTree(pair.before, plan);
  return {
    plan,
    ...(hold && { hold }),
    diagnostics: [
      ...diagnostics,
      ...changeFindings(plan),
      ...unseen,
      ...componentFindings(pair, plan, clusterComponents(rendered.cluster)),
      ...unusedAcknowledgements(plan, acknowledgedAt(rendered.cluster)),
    ],
    sources: new Map([
      ...sources,
      ...old.map(({ path, text }) => [join(shown, path).split(sep).join('/'), text] as const),
    ]),
  };
}
