import { type ClusterComponents, componentFindings, generatedTree } from '@fluxwright/compiler';
import type { Diagnostic } from '@fluxwright/diagnostics';
import type { JsonValue } from '@fluxwright/documents';
import { type ChangePlan, changeFindings, type FluxTree, planChange } from '@fluxwright/flux';
import type { PublishTarget } from '../target/publish-target.ts';
import type { ChangedFiles } from './branch-change.ts';

export interface JudgeOptions {
  readonly cluster: string;
  readonly target: PublishTarget;
  /** Losses that are meant: `spec.acknowledge` of the cluster. */
  readonly acknowledge: readonly string[];
  /** Of the cluster, where the change brings its tree. */
  readonly components?: ClusterComponents | undefined;
}

/** What a change of the branch does to each object, and what stands against it. */
export interface Judgement {
  /** Both sides as Flux sees them. */
  readonly trees: { readonly before: FluxTree; readonly after: FluxTree };
  readonly plan: ChangePlan;
  /** Losses that nobody acknowledged, and what Kubernetes would refuse; positions are in the branch. */
  readonly findings: readonly Diagnostic[];
  /** Which components leave the cluster, have another name or stay for others only; no error. */
  readonly hints: readonly Diagnostic[];
  /** Text of the files that findings and hints point into. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Both sides of a change as Flux sees them, read once where they are equal. */
export function fluxTrees({ before, after }: ChangedFiles, { cluster, target }: JudgeOptions): Judgement['trees'] {
  const shown = `${target.branch}:${target.path}`;
  const next = generatedTree(after, { cluster, shown });
  const texts = new Map(after.map(({ path, text }) => [path, text]));
  const same = new Set(before.filter(({ path, text }) => texts.get(path) === text).map(({ path }) => path));
  const known = new Map<string, JsonValue[]>();
  for (const { path, object } of next.objects) {
    // Lists of files are no objects of the tree: a file with one is read again.
    if (same.has(path) && !texts.get(path)?.includes('kustomize.config.k8s.io'))
      known.set(path, [...(known.get(path) ?? []), object]);
  }
  return { before: generatedTree(before, { cluster, shown, known }), after: next };
}

/** Holds a change against what data goes with: the planner's own rules (docs/decisions/0011), on the branch that Flux reads. */
export function judgeChange(files: ChangedFiles, options: JudgeOptions): Judgement {
  const { cluster, target, acknowledge, components } = options;
  const trees = fluxTrees(files, options);
  const plan = planChange({ ...trees, acknowledge });
  const findings = changeFindings(plan, `fluxwright publish ${cluster} --migrate`);
  const hints =
    components === undefined ? [] : componentFindings(trees, plan, components, `fluxwright diff ${cluster}`);
  const named = new Set([...findings, ...hints].flatMap(({ primary }) => primary?.file ?? []));
  const sources = files.before.map(({ path, text }) => [`${target.branch}:${target.path}/${path}`, text] as const);
  return { trees, plan, findings, hints, sources: new Map(sources.filter(([file]) => named.has(file))) };
}
