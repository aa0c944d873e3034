import { resolve } from 'node:path';
import { type Diagnostic, diagnostic, hasErrors } from '@fluxwright/diagnostics';
import type { ChangePlan } from '@fluxwright/flux';
import { type Workspace, withClusterText } from '@fluxwright/model';
import { changeOnDisk } from '../change/change-on-disk.ts';
import type { OutputFile } from '../data/output-tree.ts';
import { type Line, openLine } from '../line/open-line.ts';
import { runCluster } from '../line/run-cluster.ts';
import { editPart } from '../recover/edit-part.ts';
import { type CopiedService, type FoundPair, findPair, noService } from '../recover/find-pair.ts';
import { nextStep, type PairParts, type Recovery, type Step, type StepName } from '../recover/next-step.ts';

export interface PairOptions {
  /** The workspace. */
  readonly root: string;
  /** The cluster that is primary now, or was. */
  readonly from: string;
  readonly to: string;
}

export interface RecoverOptions extends PairOptions {
  readonly recovery: Recovery;
  /** Folder of the trees, from `root`; `generated` by default. */
  readonly output?: string;
  /** Folder of packaged charts, from `root`; `charts` by default. */
  readonly charts?: string;
}

export interface RecoverResult {
  /** The step that is made now; `done` where nothing is left to do, absent where something stands against it. */
  readonly step?: StepName | 'done';
  readonly parts?: PairParts;
  /** The new texts of cluster.yaml, by path from the root; nothing is written here. */
  readonly files: readonly OutputFile[];
  /** What the step does to each object, by cluster. */
  readonly plans: ReadonlyMap<string, ChangePlan>;
  /** Services that the pair copies, in their roles before the step. */
  readonly services: readonly CopiedService[];
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, for printers. */
  readonly sources: ReadonlyMap<string, string>;
}

/** How a pair stands. */
export function pairState({ root, from, to }: PairOptions): Omit<RecoverResult, 'files' | 'plans' | 'step'> {
  using line = openLine({ root, clusters: [from, to] });
  const { value, diagnostics } = findPair(line.workspace, { from, to });
  const found = [...line.diagnostics.filter(({ severity }) => severity === 'error'), ...diagnostics];
  const { sources } = line.workspace;
  return { ...(value && { parts: value.parts }), services: value?.services ?? [], diagnostics: found, sources };
}

/**
 * The next step of a switchover or failover, as new texts of both cluster.yaml: compiled, proved and judged by the planner against the
 * trees that are there. What would lose data, and all that a build refuses, stands against the step. Writes nothing.
 */
export async function recover(options: RecoverOptions): Promise<RecoverResult> {
  const { root, from, to, recovery, charts } = options;
  using line = openLine({ root, clusters: [from, to], charts });
  const { workspace } = line;
  const nothing = { files: [], plans: new Map(), services: [], sources: workspace.sources };
  if (hasErrors(line.diagnostics)) return { ...nothing, diagnostics: line.diagnostics };
  const { value: pair, diagnostics } = findPair(workspace, { from, to });
  if (pair === undefined) return { ...nothing, diagnostics };
  const { services } = pair;
  const named = [recovery.service, ...Object.keys(recovery.tokens ?? {})].flatMap((each) => each ?? []);
  const unknown = named.flatMap((key) => noService(pair, key) ?? []);
  if (unknown.length > 0) return { ...nothing, services, diagnostics: unknown };
  const step = nextStep(pair.parts, recovery);
  if (step.is === 'done') return { ...nothing, services, parts: pair.parts, step: 'done', diagnostics: [] };
  if (step.is === 'refused') return { ...nothing, services, diagnostics: [outOfOrder(pair, step)] };
  const { edited, files, wrong } = editPair(workspace, pair, step.parts);
  if (edited === undefined) return { ...nothing, services, diagnostics: wrong };
  const judged = await judge(line, edited, options);
  const isGood = !hasErrors(judged.diagnostics);
  return { services, parts: step.parts, ...judged, files: isGood ? files : [], ...(isGood && { step: step.name }) };
}

/** The workspace with other parts in both clusters, and the texts that differ. */
function editPair(workspace: Workspace, { from, to }: FoundPair, parts: PairParts) {
  const files: OutputFile[] = [];
  let edited = workspace;
  for (const [cluster, part] of [[from, parts.from] as const, [to, parts.to] as const]) {
    const { text, file } = cluster.manifest;
    const next = editPart(text, part);
    if (next === undefined) return { files: [], wrong: [unsaid(cluster.name, file)] };
    if (next === text) continue;
    const { value, diagnostics } = withClusterText(edited, cluster.name, next);
    if (value === undefined) return { files: [], wrong: diagnostics };
    edited = value;
    files.push({ path: file, text: next });
  }
  return { edited, files, wrong: [] };
}

async function judge(
  line: Line,
  edited: Workspace,
  { root, from, to, output = 'generated' }: RecoverOptions,
): Promise<Pick<RecoverResult, 'plans' | 'diagnostics' | 'sources'>> {
  const plans = new Map<string, ChangePlan>();
  const diagnostics: Diagnostic[] = [];
  const sources = new Map(edited.sources);
  for (const name of [from, to]) {
    const { tree, rendered, diagnostics: found } = await runCluster(edited, name, line.context);
    diagnostics.push(...found);
    if (tree === undefined || rendered === undefined) continue;
    const folder = resolve(root, output, name);
    const change = await changeOnDisk(tree, rendered, { root, folder, engines: line.engines });
    plans.set(name, change.plan);
    diagnostics.push(...change.diagnostics.map((each) => ({ ...each, cluster: name })));
    for (const [file, text] of change.sources) sources.set(file, text);
  }
  return { plans, diagnostics, sources };
}

function unsaid(name: string, file: string): Diagnostic {
  return diagnostic('dr/no-pair', {
    message: `${file} says no spec.disasterRecovery of its own`,
    primary: { file },
    note: `the part of "${name}" stands in clusters/defaults.yaml, which is of all clusters`,
    help: 'write role and peer into cluster.yaml of both clusters',
  });
}

function outOfOrder({ from, to, parts }: FoundPair, { why }: Extract<Step, { is: 'refused' }>): Diagnostic {
  const [leaving, other] = parts.from.switching ? [from, to] : [to, from];
  const at = (name: 'switching' | 'role') => leaving.manifest.locate(['spec', 'disasterRecovery', name]);
  if (why === 'no tokens now')
    return diagnostic('dr/out-of-order', {
      message: `no step of "${from.name}" and "${to.name}" takes a token now`,
      primary: from.manifest.locate(['spec', 'disasterRecovery'], 'key'),
      note: 'a token is what a demoted primary left, and is for the promotion of the other one',
      help: 'leave --token away, publish that step, and give the token with the next one',
    });
  return diagnostic('dr/out-of-order', {
    message: `cluster "${leaving.name}" hands over already, and that is not finished`,
    primary: at('switching'),
    note: 'some services have no primary now',
    help: `finish that first: npx fluxwright dr switchover ${leaving.name} ${other.name}, for the service that it was begun with`,
  });
}
