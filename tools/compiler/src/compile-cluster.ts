import { type Diagnostic, hasErrors } from '@fluxwright/diagnostics';
import { type GoodValues, idleChoices, type ResolvedCluster, resolveCluster, type Workspace } from '@fluxwright/model';
import { assembleTree } from './assemble/assemble-tree.ts';
import { inputDigest } from './assemble/input-digest.ts';
import { compilerVersion } from './compiler-version.ts';
import type { Engines } from './engines/engines.ts';
import { lintCluster } from './lint/lint-cluster.ts';
import type { OutputTree } from './output-tree.ts';
import { planCluster } from './plan/plan-cluster.ts';
import { proveCluster } from './prove/prove-cluster.ts';
import { saidOnce } from './prove/said-once.ts';
import { unseenParts } from './render/chart/unseen-parts.ts';
import type { RenderCache } from './render/render-cache.ts';
import { renderWithEngines } from './render/render-with-engines.ts';
import type { RenderedCluster } from './rendered-cluster.ts';
import { secretsInOutput } from './secret/secrets-in-output.ts';
import { simulateCluster } from './simulate/simulate-cluster.ts';
import { schemasFor } from './validate/schemas-for.ts';
import { withoutSchema } from './validate/unknown-kind.ts';
import { validateCluster } from './validate/validate-cluster.ts';

/** A stage of the line, as {@link Observe} names it. */
export type StageOfLine =
  | 'load'
  | 'look'
  | 'resolve'
  | 'plan'
  | 'render'
  | 'validate'
  | 'prove'
  | 'simulate'
  | 'assemble'
  | 'write';

/** Runs one stage's work; a bench measures around it. It must return what the work returns. */
export type Observe = <T>(stage: StageOfLine, work: () => T) => T;

/** What one cluster became, as far as it came: `tree` is absent where a stage found an error. */
export interface CompiledCluster {
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly rendered?: RenderedCluster;
  /** The kinds of its objects that have no schema, with how many there are. */
  readonly unchecked: readonly string[];
  /** What nobody could look into. */
  readonly unseen: readonly string[];
  readonly tree?: OutputTree;
}

export interface CompileContext {
  /** Results of equal tasks, shared by all clusters of a run. */
  readonly cache: RenderCache;
  readonly engines: Engines;
  readonly observe: Observe;
}

/** The line for one cluster, in memory: resolve → plan → render → validate → prove → assemble. Stops after a stage with errors. */
export async function compileCluster(
  workspace: Workspace,
  name: string,
  { cache, engines, observe }: CompileContext,
): Promise<CompiledCluster> {
  const found: Diagnostic[] = [];
  const keep = <T>(staged: { value: T; diagnostics: readonly Diagnostic[] }): T => {
    found.push(...staged.diagnostics.map((each) => ({ ...each, cluster: name })));
    return staged.value;
  };
  const result = (rendered?: RenderedCluster, tree?: OutputTree): CompiledCluster => ({
    name,
    diagnostics: found,
    unchecked: tree === undefined || rendered === undefined ? [] : uncheckedKinds(rendered, engines),
    unseen: rendered === undefined ? [] : unseenParts(rendered),
    ...(rendered && { rendered }),
    ...(tree && { tree }),
  });

  const cluster: ResolvedCluster | undefined = keep(
    observe('resolve', () => resolveCluster(workspace, name, goodValues(engines))),
  );
  if (cluster === undefined || hasErrors(found)) return result();
  keep({ value: undefined, diagnostics: observe('validate', () => choicesFor(workspace)) });
  const plan = keep(observe('plan', () => planCluster(cluster)));
  if (hasErrors(found)) return result();
  const rendered = keep(await observe('render', () => renderWithEngines(cluster, plan, { cache, engines })));
  if (hasErrors(found)) return result(rendered);
  const validated = await observe('validate', () => validateCluster(rendered, engines));
  found.push(...saidOnce([...validated, ...observe('prove', () => prove(rendered))]));
  if (hasErrors(found)) return result(rendered);
  const identity = { input: inputDigest(cluster, plan, rendered.charts), compiler: compilerVersion };
  const tree = observe('assemble', () => assembleTree(rendered, identity));
  found.push(...observe('simulate', () => simulateCluster(tree, rendered)));
  return hasErrors(found) ? result(rendered) : result(rendered, tree);
}

const idle = new WeakMap<Workspace, readonly Diagnostic[]>();

/** The same for all clusters of a workspace. */
function choicesFor(workspace: Workspace): readonly Diagnostic[] {
  const found = idle.get(workspace) ?? idleChoices(workspace);
  idle.set(workspace, found);
  return found;
}

function goodValues({ verdicts }: Engines): GoodValues {
  return { has: (digest) => verdicts.get(digest) !== undefined, add: (digest) => verdicts.set(digest, []) };
}

/** What the objects show of the cluster's start, of Flux's rules and of secrets. */
function prove(rendered: RenderedCluster): readonly Diagnostic[] {
  return [...proveCluster(rendered), ...lintCluster(rendered), ...secretsInOutput(rendered)];
}

function uncheckedKinds(rendered: RenderedCluster, engines: Engines): readonly string[] {
  const { schemas } = schemasFor(rendered, engines);
  const kinds = Map.groupBy(
    withoutSchema(rendered.resources, schemas),
    ({ apiVersion, kind }) => `${kind} of ${apiVersion}`,
  );
  return [...kinds].map(([kind, { length }]) => `${length} ${kind}`).sort();
}
