import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import type { Pair, ResolvedCluster, ResolvedComponent } from '@fluxwright/model';
import { type BoundService, requestView } from './bound-services.ts';
import { componentPair } from './component-pair.ts';
import { ownView } from './own-view.ts';
import { filledIn, type SaidValue, type TextView } from './text-in-context.ts';

/** What keeps the halves of a pair from fitting each other: what one cannot tell, and versions that cannot copy from each other. */
export function pairFindings(cluster: ResolvedCluster, services: readonly BoundService[]): readonly Diagnostic[] {
  const half = cluster.peer?.half;
  if (half === undefined) return [];
  const copied = services.flatMap((bound) => {
    const { pair, request } = bound;
    const said = request.service.said.pair;
    if (pair === undefined || said === undefined) return [];
    const found = [...pair.own.diagnostics, ...pair.peer.diagnostics];
    if (found.length > 0) return found;
    const path: JsonPath = [...request.service.path, 'pair', 'version'];
    return versionFindings(said, path, {
      what: `the ${request.kind} ${request.key}`,
      here: { cluster: cluster.name, view: requestView(cluster, bound) },
      there: { cluster: half.name, view: requestView(half, pair.other) },
    });
  });
  const met = cluster.components.flatMap((resolved) => {
    const found = componentPair(resolved, cluster);
    const other = half.components.find(({ component }) => component.name === resolved.component.name);
    const said = resolved.component.spec.pair;
    if (found === undefined || other === undefined || said === undefined) return [];
    return found.diagnostics.length > 0 ? found.diagnostics : ownVersions(said, resolved, { cluster, other, half });
  });
  return [...copied, ...met];
}

function ownVersions(
  said: Pair,
  resolved: ResolvedComponent,
  {
    cluster,
    other,
    half,
  }: { readonly cluster: ResolvedCluster; readonly other: ResolvedComponent; readonly half: ResolvedCluster },
): readonly Diagnostic[] {
  return versionFindings(said, ['spec', 'pair', 'version'], {
    what: `component "${resolved.component.name}"`,
    here: { cluster: cluster.name, view: ownView(cluster, resolved) },
    there: { cluster: half.name, view: ownView(half, other) },
  });
}

interface Side {
  readonly cluster: string;
  readonly view: TextView;
}

interface Sides {
  readonly what: string;
  readonly here: Side;
  readonly there: Side;
}

const parts = { same: undefined, 'same-minor': 2, 'same-major': 1 } as const;

function versionFindings(
  { version, versions = 'same' }: Pair,
  path: JsonPath,
  { what, here, there }: Sides,
): readonly Diagnostic[] {
  if (version === undefined) return [];
  const [own, theirs] = [here, there].map(({ view }) => filledIn(view, { path, said: version }));
  if (own?.value === undefined) return own?.diagnostics ?? [];
  if (theirs?.value === undefined) return theirs?.diagnostics ?? [];
  const told = ({ value }: SaidValue<string>) => value.split('.').slice(0, parts[versions]).join('.');
  if (told(own.value) === told(theirs.value)) return [];
  const word = { same: 'version', 'same-minor': 'minor version', 'same-major': 'major version' }[versions];
  return [
    diagnostic('plan/unlike-pair', {
      message: `${what} is of version ${own.value.value} in cluster "${here.cluster}" and of ${theirs.value.value} in "${there.cluster}"`,
      primary: own.value.span,
      note: `${own.value.value} here`,
      labels: [
        { span: theirs.value.span, message: `${theirs.value.value} there` },
        { span: here.view.component.manifest.locate(path), message: `both halves must be of the same ${word}` },
      ],
      help: 'give both clusters one version: the standby first where it may run ahead',
    }),
  ];
}
