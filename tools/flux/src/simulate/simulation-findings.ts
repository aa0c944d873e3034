import { type Diagnostic, diagnostic, type Label, type Span } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import { type ObjectId, objectTitle } from '@fluxwright/kubernetes';
import { helmGroup, kustomizeGroup } from '../tree/flux-node.ts';
import { causeText } from './format-simulation.ts';
import type { NeverReady, Simulation } from './simulation.ts';

/** Where a value of an object is written; undefined where the tree has no such object. */
export type Locate = (id: ObjectId, path: JsonPath) => Span | undefined;

/**
 * What never becomes ready, told once at its cause: a circle of what waits for each other, and what is blocked by itself.
 * What only waits behind one of them is counted, not told.
 */
export function simulationFindings({ never, cluster }: Simulation, locate: Locate): readonly Diagnostic[] {
  const behind = never.filter(({ cause }) => cause.kind === 'behind').length;
  const circles = new Map(
    never.flatMap((each) => (each.cause.kind === 'circle' ? [[each.cause.around, each] as const] : [])),
  );
  return [
    ...[...circles.values()].map((each) => deadlock(each, cluster, locate)),
    ...never.filter(({ cause }) => cause.kind === 'blocked').map((each) => blocked(each, { cluster, behind, locate })),
  ];
}

function deadlock({ kind, key, cause }: NeverReady, cluster: string, locate: Locate): Diagnostic {
  const around = cause.kind === 'circle' ? cause.around : [];
  const ids = new Map(around.map(idOf).map((id) => [objectTitle(id), id]));
  const places = [...ids.values()].flatMap((id) => {
    const span = locate(id, ['metadata', 'name']);
    return span === undefined ? [] : [{ id, span }];
  });
  const [first, ...rest] = places;
  const primary = first?.span;
  const labels: Label[] = rest.map(({ id, span }) => ({
    span,
    message: `${id.kind} ${id.name} is part of the circle`,
  }));
  return diagnostic('simulate/deadlock', {
    message: `${kind} ${key}${ofCluster(cluster)} can never become ready: ${causeText(cause)}`,
    ...(primary && { primary }),
    note: 'none of the circle can come first',
    labels: labels.filter(({ span }) => JSON.stringify(span) !== JSON.stringify(primary)),
    help: 'take one of the waits away: a FluxKustomization with wait: true waits for every Flux object in its own folder',
  });
}

interface Told {
  readonly cluster: string;
  /** How many wait behind what never comes. */
  readonly behind: number;
  readonly locate: Locate;
}

function blocked({ kind, key, cause }: NeverReady, { cluster, behind, locate }: Told): Diagnostic {
  const isSuspended = cause.kind === 'blocked' && cause.why === 'it is suspended';
  const id = idOf(`${kind === 'HelmRelease' ? 'released' : 'applied'} ${key}`);
  const span = locate(id, isSuspended ? ['spec', 'suspend'] : ['metadata', 'name']);
  return diagnostic('simulate/never-ready', {
    message: `${kind} ${key}${ofCluster(cluster)} can never become ready: ${causeText(cause)}`,
    ...(span && { primary: span }),
    ...(behind > 0 && { note: `${behind} more ${behind === 1 ? 'waits' : 'wait'} for what never comes` }),
    help: isSuspended
      ? 'leave suspend to people who stop Flux for a while: kubectl or flux suspend, not the tree'
      : 'name something that the tree has, or that the FluxKustomizations before it make',
  });
}

/** The object that a happening is of. */
function idOf(happening: string): ObjectId {
  const [verb, key = ''] = happening.split(' ');
  const [namespace, name = ''] = key.split('/');
  const isRelease = verb === 'released';
  return {
    group: isRelease ? helmGroup : kustomizeGroup,
    kind: isRelease ? 'HelmRelease' : 'Kustomization',
    namespace,
    name,
  };
}

function ofCluster(cluster: string): string {
  return cluster === '' ? '' : ` of cluster "${cluster}"`;
}
