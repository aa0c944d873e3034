import { type LineContext, runLine } from '@fluxwright/compiler';
import { testComponent } from '@fluxwright/component-test';
import { collectFindings, type Diagnostic } from '@fluxwright/diagnostics';
import { formatChangePlan, unusedAcknowledgements } from '@fluxwright/flux';
import { checkFleet, clusterFacts, loadWorkspace, stageKey, type Workspace } from '@fluxwright/model';
import { parseRecord, provenancePath, recordPath } from '../../../compiler/src/assemble/file-record.ts';
import { capacityLedger } from '../../../compiler/src/capacity/capacity-ledger.ts';
import { formatLedger } from '../../../compiler/src/capacity/format-ledger.ts';
import { overBudget } from '../../../compiler/src/capacity/over-budget.ts';
import { acknowledgedAt } from '../../../compiler/src/change/acknowledged-at.ts';
import { treeChange } from '../../../compiler/src/change/tree-change.ts';
import type { OutputFile, OutputTree } from '../../../compiler/src/data/output-tree.ts';
import type { RenderedCluster } from '../../../compiler/src/data/rendered-cluster.ts';
import { explainObject } from '../../../compiler/src/explain/explain-object.ts';
import { formatExplanation } from '../../../compiler/src/explain/format-explanation.ts';
import { formatBill } from '../../../compiler/src/images/format-bill.ts';
import { imageBill } from '../../../compiler/src/images/image-bill.ts';
import { componentReadme } from '../readme/component-readme.ts';

/** What users get to see of a workspace: trees, findings, and what commands print. */
export type ObservedPart =
  | 'test'
  | 'finding'
  | 'readme'
  | 'tree'
  | 'capacity'
  | 'images'
  | 'graph'
  | 'explain'
  | 'changes';

/** One text of it, without positions, since these change with every line above. */
export interface Observed {
  readonly part: ObservedPart;
  readonly text: string;
}

export interface ObserveOptions {
  readonly context: LineContext;
  /** Trees that are on the disk, by cluster: what the new ones replace. */
  readonly previous: ReadonlyMap<string, readonly OutputFile[]>;
  /** Receives each tree. */
  readonly onTree?: (tree: OutputTree) => void;
}

/**
 * Loads and compiles a workspace and asks every command that prints what it knows, one text after the other: who compares two
 * workspaces can stop at the first difference.
 */
export async function* observeWorkspace(root: string, options: ObserveOptions): AsyncGenerator<Observed> {
  const { value: workspace, diagnostics } = loadWorkspace(root);
  yield observed('finding', findingsText([...diagnostics, ...fleetFindings(workspace)]));
  yield observed('readme', [...workspace.components.values()].map((each) => componentReadme(each, '')).join('\n'));
  const rendered: [RenderedCluster, OutputTree | undefined][] = [];
  for (const name of workspace.clusterNames) {
    const compiled = await runLine(workspace, name, options.context);
    yield observed('finding', findingsText(compiled.diagnostics));
    if (compiled.tree !== undefined) {
      options.onTree?.(compiled.tree);
      yield observed('tree', compiled.tree.files.flatMap(treeText).join('\n'));
    }
    if (compiled.rendered !== undefined) rendered.push([compiled.rendered, compiled.tree]);
  }
  for (const [each, tree] of rendered) yield* commandTexts(each, tree, options);
  yield* testTexts(workspace, options.context);
}

/** What comes of the cases of all components. */
export async function* testTexts(workspace: Workspace, context: LineContext): AsyncGenerator<Observed> {
  for (const component of workspace.components.values()) {
    const { outcomes } = await testComponent(workspace, component, context);
    const texts = outcomes.map(({ title, failures }) => `${component.name} ${title}\n${findingsText(failures)}`);
    yield observed('test', texts.join('\n'));
  }
}

async function* commandTexts(
  rendered: RenderedCluster,
  tree: OutputTree | undefined,
  { context, previous }: ObserveOptions,
): AsyncGenerator<Observed> {
  const { cluster, edges } = rendered;
  const ledger = capacityLedger(rendered);
  yield observed('finding', findingsText([...ledger.diagnostics, ...overBudget(ledger.value, cluster)]));
  yield observed('capacity', formatLedger.text(ledger.value));
  yield observed('images', formatBill.json(imageBill(rendered, context.engines.charts).value));
  const reasons = edges.flatMap((edge) =>
    edge.reasons.map(({ text }) => `${stageKey(edge.from)} → ${stageKey(edge.to)}: ${text}`),
  );
  yield observed('graph', reasons.join('\n'));
  for (const each of rendered.resources)
    yield observed('explain', formatExplanation(explainObject(rendered, each), 'text'));
  if (tree === undefined) return;
  const old = previous.get(cluster.name) ?? [];
  const { plan, diagnostics } = await treeChange(tree, rendered, {
    previous: old,
    shown: cluster.name,
    engines: context.engines,
  });
  yield observed('changes', formatChangePlan(plan, 'text'));
  yield observed('finding', findingsText([...diagnostics, ...unusedAcknowledgements(plan, acknowledgedAt(cluster))]));
}

/** Provenance names places of manifests, and the record the digest of all that was read: each would change with anything. */
function treeText({ path, text }: OutputFile): readonly string[] {
  if (path === provenancePath) return [];
  if (path !== recordPath) return [`${path}\n${text}`];
  const { input: _, files: __, ...record } = parseRecord(text) ?? { input: '', files: {} };
  return [JSON.stringify(record)];
}

function fleetFindings(workspace: Workspace): readonly Diagnostic[] {
  return checkFleet([...workspace.clusters.values()].map((each) => clusterFacts(workspace, each)));
}

function findingsText(diagnostics: readonly Diagnostic[]): string {
  return collectFindings(diagnostics)
    .map(({ diagnostic: { code, message, note, labels, help } }) =>
      [code, message, note, ...labels.map((each) => each.message), help].join(' | '),
    )
    .join('\n');
}

function observed(part: ObservedPart, text: string): Observed {
  return { part, text: text.replaceAll(/(\.(?:yaml|json|hbs|tgz)):\d+(?::\d+)?/g, '$1') };
}
