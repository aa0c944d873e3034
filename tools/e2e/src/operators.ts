import { setTimeout as pause } from 'node:timers/promises';
import { type KubernetesObject, tryKubectl } from './kubectl.ts';
import type { Stack } from './stack.ts';
import type { Tree } from './tree.ts';

interface HealthCheckExpression {
  readonly apiVersion: string;
  readonly kind: string;
  readonly current: string;
}

/**
 * Plays the operators that do not run here: objects of every kind that a FluxKustomization of the tree judges by an
 * expression get the conditions the expression asks for. Returns how to stop it.
 */
export function playOperators(stack: Stack, tree: Tree): () => Promise<void> {
  const kinds = new Map<string, readonly string[]>();
  for (const { object } of tree.objects) {
    const { healthCheckExprs = [] } = (object.spec ?? {}) as { healthCheckExprs?: readonly HealthCheckExpression[] };
    for (const { apiVersion, kind, current } of healthCheckExprs) {
      const types = [...current.matchAll(/\.type == '(\w+)'/g)].map((match) => match[1] ?? '');
      kinds.set(`${kind}.${apiVersion.split('/').reverse().join('.')}`, types);
    }
  }
  let stopped = false;
  const loop = (async () => {
    while (!stopped) {
      for (const [kind, types] of kinds) await makeReady(stack, kind, types);
      await pause(1000);
    }
  })();
  return async () => {
    stopped = true;
    await loop;
  };
}

/** A kind the server does not know yet has no objects. */
async function makeReady(stack: Stack, kind: string, types: readonly string[]): Promise<void> {
  const found = await tryKubectl(stack, ['get', kind, '-A', '-o', 'json']);
  if (found.code !== 0) return;
  const objects: readonly KubernetesObject[] = JSON.parse(found.stdout).items;
  for (const { metadata, status } of objects) {
    const has = (type: string): boolean =>
      status?.conditions?.some((each) => each.type === type && each.status === 'True') ?? false;
    if (types.every(has)) continue;
    const scope = metadata.namespace === undefined ? [] : ['-n', metadata.namespace];
    const patch = JSON.stringify({ status: { conditions: conditions(types, metadata.generation ?? 1) } });
    const args = ['patch', kind, metadata.name, ...scope, '--type=merge', '-p', patch];
    const outcome = await tryKubectl(stack, [...args, '--subresource=status']);
    if (outcome.code !== 0 && /not found/.test(outcome.stderr)) await tryKubectl(stack, args);
  }
}

function conditions(types: readonly string[], observedGeneration: number): readonly object[] {
  const lastTransitionTime = new Date().toISOString();
  const common = { status: 'True', reason: 'StandIn', message: '', lastTransitionTime, observedGeneration };
  return types.map((type) => ({ type, ...common }));
}
