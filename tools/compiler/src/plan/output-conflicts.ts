import { type Diagnostic, diagnostic, type Span } from '@fluxwright/diagnostics';
import type { ResolvedCluster } from '@fluxwright/model';
import { partName, type StagePart } from './stage-part.ts';

interface Claim {
  readonly path: string;
  readonly owner: string;
  readonly span?: Span;
}

/**
 * Finds stages that would write the same file. The folder of a stage is its own by construction; the FluxKustomizations
 * share one folder, where `<component>-configure` can also be a component's name.
 */
export function outputConflicts(cluster: ResolvedCluster): Diagnostic[] {
  const taken = new Map<string, Claim>([
    [
      'kustomizations/kustomization.yaml',
      { path: 'kustomizations/kustomization.yaml', owner: 'the list of the folder' },
    ],
  ]);
  const found: Diagnostic[] = [];
  for (const claim of claims(cluster)) {
    const other = taken.get(claim.path);
    if (other === undefined) taken.set(claim.path, claim);
    else found.push(conflict(cluster.name, claim, other));
  }
  return found;
}

function claims(cluster: ResolvedCluster): Claim[] {
  return [...cluster.components, ...cluster.standbys].flatMap(({ component, stages }) => {
    const isRendered = cluster.spec.delivery === 'rendered' && component.spec.helm !== undefined;
    const parts: readonly StagePart[] = isRendered ? ['crds', 'before', 'after'] : [];
    const named = [
      ...stages.map((stage) => ({ name: partName({ component: component.name, stage }), what: `${stage} stage` })),
      ...parts.map((part) => ({
        name: partName({ component: component.name, stage: 'install' }, part),
        what: `${part} part`,
      })),
    ];
    return named.map(({ name, what }) => ({
      path: `kustomizations/${name}.yaml`,
      owner: `the ${what} of component "${component.name}"`,
      span: component.manifest.locate(['metadata', 'name']),
    }));
  });
}

function conflict(cluster: string, claim: Claim, other: Claim): Diagnostic {
  return diagnostic('plan/output-conflict', {
    message: `two stages of cluster "${cluster}" write ${claim.path}`,
    note: claim.owner,
    ...(claim.span === undefined ? {} : { primary: claim.span }),
    labels: other.span === undefined ? [] : [{ span: other.span, message: other.owner }],
    help: 'rename one of the components',
    cluster,
  });
}
