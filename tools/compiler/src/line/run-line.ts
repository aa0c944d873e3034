import { type Diagnostic, hasErrors, type Staged } from '@fluxwright/diagnostics';
import { memo } from '@fluxwright/documents';
import { type GoodValues, idleChoices, resolveCluster, type Workspace } from '@fluxwright/model';
import { assembleTree } from '../assemble/assemble-tree.ts';
import { inputDigest } from '../assemble/input-digest.ts';
import { bootstrapOf } from '../bootstrap/bootstrap.ts';
import { compilerVersion } from '../data/compiler-version.ts';
import type { OutputTree } from '../data/output-tree.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import type { Engines } from '../engines/engines.ts';
import { lintCluster } from '../lint/lint-cluster.ts';
import { networkPolicies } from '../network/network-policies.ts';
import { orderCluster } from '../order/order-cluster.ts';
import { planCluster } from '../plan/plan-cluster.ts';
import { proveCluster } from '../prove/prove-cluster.ts';
import { proveDefinitions } from '../prove/prove-definitions.ts';
import { unseenParts } from '../render/chart/unseen-parts.ts';
import type { RenderCache } from '../render/render-cache.ts';
import { renderCluster } from '../render/render-cluster.ts';
import { secretsInOutput } from '../secret/secrets-in-output.ts';
import { simulateCluster } from '../simulate/simulate-cluster.ts';
import { uncheckedKinds } from '../validate/unknown-kind.ts';
import { validateCluster } from '../validate/validate-cluster.ts';
import type { Observe } from './observe.ts';

/** What the line works with; one for all clusters of a command. */
export interface LineContext {
  /** Results of equal tasks, shared by all clusters of a run. */
  readonly cache: RenderCache;
  readonly engines: Engines;
  readonly observe: Observe;
}

/**
 * How far a cluster goes: to its objects in their order; to the bytes of its tree, unproved; to a tree that every check and
 * proof has passed.
 */
export type LineEnd = 'order' | 'tree' | 'proof';

/** What one cluster became, as far as it came: what comes after a stage with an error is absent. */
export interface LineResult {
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Also where rendering found errors; then it is not complete. */
  readonly rendered?: RenderedCluster;
  readonly tree?: OutputTree;
  /** Kinds of its objects that have no schema, with how many there are: known where it was proved. */
  readonly unchecked: readonly string[];
  /** What nobody could look into. */
  readonly unseen: readonly string[];
}

/** The line for one cluster, in memory: resolve → plan → render → order → assemble, and the proofs. Stops after a stage with errors. */
export async function runLine(
  workspace: Workspace,
  name: string,
  { cache, engines, observe, until = 'proof' }: LineContext & { readonly until?: LineEnd },
): Promise<LineResult> {
  const found: Diagnostic[] = [];
  const add = (each: readonly Diagnostic[]) => found.push(...each.map((one) => ({ ...one, cluster: name })));
  const keep = <T>({ value, diagnostics }: Staged<T>): T => {
    add(diagnostics);
    return value;
  };
  const reached = (parts: Pick<LineResult, 'rendered' | 'tree'> = {}): LineResult => ({
    name,
    diagnostics: found,
    unchecked: [],
    unseen: parts.rendered === undefined ? [] : unseenParts(parts.rendered),
    ...parts,
  });

  const good = goodValues(engines);
  const cluster = keep(observe('resolve', () => resolveCluster(workspace, name, good)));
  if (cluster === undefined || hasErrors(found)) return reached();
  if (until === 'proof') add(observe('validate', () => choicesFor(workspace)));
  const plan = keep(observe('plan', () => planCluster(cluster, good)));
  if (hasErrors(found)) return reached();
  const placed = keep(await observe('render', () => renderCluster(cluster, plan, { cache, engines })));
  const closed = keep(observe('network', () => networkPolicies(placed, cache)));
  const ordered = observe('order', () => orderCluster(closed));
  if (hasErrors(found)) return reached({ rendered: ordered });
  const bootstrap = keep(observe('render', () => bootstrapOf(ordered, cache)));
  const rendered = bootstrap === undefined ? ordered : { ...ordered, bootstrap };
  if (hasErrors(found) || until === 'order') return reached({ rendered });
  if (until === 'proof') {
    const judged = await observe('validate', () => validateCluster(rendered, engines));
    const proved = observe('prove', () => [
      ...proveCluster(rendered),
      ...proveDefinitions(rendered, engines),
      ...lintCluster(rendered),
      ...secretsInOutput(rendered),
    ]);
    add(withoutRepeats([...judged, ...proved]));
    if (hasErrors(found)) return reached({ rendered });
  }
  const identity = { input: inputDigest(cluster, plan, rendered.charts), compiler: compilerVersion };
  const tree = observe('assemble', () => assembleTree(rendered, identity));
  if (until === 'tree') return reached({ rendered, tree });
  add(observe('simulate', () => simulateCluster(rendered)));
  if (hasErrors(found)) return reached({ rendered });
  return { ...reached({ rendered, tree }), unchecked: uncheckedKinds(rendered, engines) };
}

/** The same for all clusters of a workspace. */
export const choicesFor = memo(idleChoices);

function goodValues({ verdicts }: Engines): GoodValues {
  return { has: (digest) => verdicts.get(digest) !== undefined, add: (digest) => verdicts.set(digest, []) };
}

/**
 * Findings without what another says better: that the kind of an object is unchecked, where the proof says at the same place
 * that nothing brings its definition. One cause is one finding.
 */
function withoutRepeats(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const proved = new Set(found.filter(({ code }) => code === 'prove/missing-provider').map(placeOf));
  return found.filter((each) => each.code !== 'validate/no-schema' || !proved.has(placeOf(each)));
}

function placeOf({ primary }: Diagnostic): string {
  return `${primary?.file}:${primary?.start?.line}:${primary?.start?.column}`;
}
