import { type Diagnostic, diagnostic, type Label } from '@fluxwright/diagnostics';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { causeText } from './format-simulation.ts';
import type { NeverReady, Simulation } from './simulation.ts';

/**
 * What never becomes ready, told once at its cause: a circle of what waits for each other, and what is blocked by itself.
 * What only waits behind one of them is counted, not told.
 */
export function simulationFindings({ never }: Simulation, rendered: RenderedCluster): readonly Diagnostic[] {
  const behind = never.filter(({ cause }) => cause.kind === 'behind').length;
  const circles = new Map(
    never.flatMap((each) => (each.cause.kind === 'circle' ? [[each.cause.around, each] as const] : [])),
  );
  return [
    ...[...circles.values()].map((each) => deadlock(each, rendered)),
    ...never.filter(({ cause }) => cause.kind === 'blocked').map((each) => blocked(each, rendered, behind)),
  ];
}

function deadlock({ kind, key, cause }: NeverReady, rendered: RenderedCluster): Diagnostic {
  const around = cause.kind === 'circle' ? cause.around : [];
  const others = new Map(around.flatMap((name) => resourceOf(name, rendered) ?? []).map((each) => [each.path, each]));
  const [first, ...rest] = others.values();
  const primary = first?.origin.trace(['metadata', 'name']).span;
  const labels: Label[] = rest.map((each) => ({
    span: each.origin.trace(['metadata', 'name']).span,
    message: `${each.kind} ${each.name} is part of the circle`,
  }));
  return diagnostic('simulate/deadlock', {
    message: `${kind} ${key} of cluster "${rendered.cluster.name}" can never become ready: ${causeText(cause)}`,
    ...(primary && { primary }),
    note: 'none of the circle can come first',
    labels: labels.filter(({ span }) => JSON.stringify(span) !== JSON.stringify(primary)),
    help: 'take one of the waits away: a FluxKustomization with wait: true waits for every Flux object in its own folder',
  });
}

function blocked({ kind, key, cause }: NeverReady, rendered: RenderedCluster, behind: number): Diagnostic {
  const resource = resourceOf(`${kind === 'HelmRelease' ? 'released' : 'applied'} ${key}`, rendered);
  const isSuspended = cause.kind === 'blocked' && cause.why === 'it is suspended';
  const span = resource?.origin.trace(isSuspended ? ['spec', 'suspend'] : ['metadata', 'name']).span;
  return diagnostic('simulate/never-ready', {
    message: `${kind} ${key} of cluster "${rendered.cluster.name}" can never become ready: ${causeText(cause)}`,
    ...(span && { primary: span }),
    ...(behind > 0 && { note: `${behind} more ${behind === 1 ? 'waits' : 'wait'} for what never comes` }),
    help: isSuspended
      ? 'leave suspend to people who stop Flux for a while: kubectl or flux suspend, not the tree'
      : 'name something that the tree has, or that the FluxKustomizations before it make',
  });
}

function resourceOf(name: string, { resources }: RenderedCluster): Resource | undefined {
  const [verb, key = ''] = name.split(' ');
  const kind = verb === 'released' ? 'HelmRelease' : 'Kustomization';
  return resources.find((each) => each.kind === kind && `${each.namespace ?? ''}/${each.name}` === key);
}
