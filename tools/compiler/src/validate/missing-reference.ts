import type { Diagnostic } from '@fluxwright/diagnostics';
import { objectTitle } from '@fluxwright/kubernetes';
import { objectFinding } from '../data/object-finding.ts';
import type { CheckContext } from './check.ts';
import { type FluxReference, fluxReferences } from './flux-reference.ts';

/**
 * What a Flux object refers to is in the tree: sources, charts, dependencies and health checks of Flux's own kinds. Flux
 * waits for a missing one for ever and says little. A dependsOn sees only its own kind, and an absent namespace is the
 * dependant's own (https://github.com/fluxcd/flux2/issues/3364).
 */
export function missingReference({ objects }: CheckContext): readonly Diagnostic[] {
  const holders = [
    ...objects.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease'),
    ...objects.ofKind('kustomize.toolkit.fluxcd.io', 'Kustomization'),
  ];
  return holders.flatMap((resource) =>
    fluxReferences(resource)
      .filter(({ id }) => objects.find(id) === undefined)
      .map((reference) =>
        objectFinding('validate/missing-reference', resource, {
          at: reference.at,
          message: `${objectTitle(resource)} refers to ${objectTitle(reference.id)}, which is not in the tree`,
          note: `no ${objectTitle(reference.id)}`,
          help: nearMiss(reference, { objects }) ?? 'name one that the cluster has, or add it',
        }),
      ),
  );
}

function nearMiss({ id, dependency }: FluxReference, { objects }: Pick<CheckContext, 'objects'>): string | undefined {
  const elsewhere = objects.ofKind(id.group, id.kind).find(({ name }) => name === id.name);
  if (elsewhere !== undefined) return `there is one in the namespace "${elsewhere.namespace}": name that namespace`;
  if (!dependency) return undefined;
  const otherKind = id.kind === 'HelmRelease' ? 'Kustomization' : 'HelmRelease';
  const otherGroup = id.kind === 'HelmRelease' ? 'kustomize.toolkit.fluxcd.io' : 'helm.toolkit.fluxcd.io';
  const other = objects.ofKind(otherGroup, otherKind).find(({ name }) => name === id.name);
  return (
    other &&
    `there is a ${otherKind} of that name, but dependsOn sees only ${id.kind}s: order the Kustomizations around them`
  );
}
