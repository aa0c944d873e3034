import { type Diagnostic, diagnostic, didYouMean, listWords, type Span } from '@fluxwright/diagnostics';
import { isObject, valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { providedDefinitions, type ResolvedComponent, requiredApis } from '@fluxwright/model';
import { objectFinding } from '../data/object-finding.ts';
import { knownObjects, type RenderedCluster, type Resource } from '../data/rendered-cluster.ts';
import { type ClusterKinds, clusterKinds } from '../facts/cluster-kinds.ts';
import { definition } from '../needs/definition.ts';
import { stagedResources } from '../needs/staged-resources.ts';

/**
 * Each custom kind is asked for in a version that the API server serves: by the objects of the tree and of the charts at hand, and by
 * programs when they run (`requires.apis`). What is served say the definitions themselves where they are seen, else `provides.crds`.
 * Of a definition whose versions nobody says, nothing is found; that nobody brings it is the matter of other proofs.
 */
export function proveServedVersions(rendered: RenderedCluster): readonly Diagnostic[] {
  const { cluster } = rendered;
  const all = knownObjects(rendered);
  const seen = new Map(all.filter(({ kind }) => kind === definition.kind).flatMap(seenVersions));
  const declared = new Map(cluster.components.flatMap(declaredVersions));
  const served: ServedVersions = { ...clusterKinds(cluster), byName: new Map([...declared, ...seen]) };
  return [
    ...[...declared].flatMap(([name, said]) => overstated(said, seen.get(name), name)),
    ...cluster.components.flatMap((each) => unservedApis(each, served)),
    ...stagedResources(all).flatMap(({ resource }) => unservedObject(resource, served)),
  ];
}

/** The versions of a definition that are served, and the line that says so. */
interface Served {
  readonly versions: readonly string[];
  readonly span: Span;
}

interface ServedVersions extends ClusterKinds {
  /** By the name of the definition. */
  readonly byName: ReadonlyMap<string, Served>;
}

function seenVersions({ name, object, origin }: Resource): readonly (readonly [string, Served])[] {
  const versions = valueAt(object, ['spec', 'versions']);
  const names = Array.isArray(versions)
    ? versions.filter((each) => isObject(each) && each.served === true).map((each) => String(valueAt(each, ['name'])))
    : [];
  return names.length === 0 ? [] : [[name, { versions: names, span: origin.trace(['spec', 'versions']).span }]];
}

function declaredVersions({ component }: ResolvedComponent): readonly (readonly [string, Served])[] {
  return providedDefinitions(component).flatMap(({ name, versions, path }) =>
    versions === undefined
      ? []
      : [[name, { versions, span: component.manifest.locate([...path, 'versions']) }] as const],
  );
}

function overstated({ versions, span }: Served, seen: Served | undefined, name: string): readonly Diagnostic[] {
  const wrong = seen === undefined ? [] : versions.filter((each) => !seen.versions.includes(each));
  if (seen === undefined || wrong.length === 0) return [];
  return [
    diagnostic('prove/not-provided', {
      message: `${name} is declared to serve ${listWords(wrong, 'and')}, which it does not`,
      primary: span,
      note: `it serves ${listWords(seen.versions, 'and')}`,
      labels: [{ span: seen.span, message: 'the definition itself' }],
      help: 'write the versions that are served',
    }),
  ];
}

function unservedApis({ component }: ResolvedComponent, served: ServedVersions): readonly Diagnostic[] {
  return requiredApis(component).flatMap(({ api: { group, version, kind, source }, path }) => {
    const found = servedOf(served, `${group}/${version}`, kind);
    if (found === undefined || found.versions.includes(version)) return [];
    return [
      diagnostic('prove/unserved-version', {
        message: `component "${component.name}" reads ${kind} of ${group} in version ${version}, which nobody serves`,
        primary: component.manifest.locate([...path, 'version']),
        note: `says ${source}`,
        labels: [servedLabel(found)],
        help: 'take releases that fit each other; the program would wait for it in vain, or give up',
      }),
    ];
  });
}

function unservedObject(resource: Resource, served: ServedVersions): readonly Diagnostic[] {
  const { apiVersion, kind } = resource;
  const found = servedOf(served, apiVersion, kind);
  const [group = '', version = ''] = apiVersion.split('/');
  if (found === undefined || found.versions.includes(version)) return [];
  return [
    objectFinding('prove/unserved-version', resource, {
      at: ['apiVersion'],
      message: `${objectTitle(resource)} is of ${apiVersion}, which nobody serves`,
      note: 'the API server would refuse it',
      labels: [servedLabel(found)],
      help: didYouMean(version, found.versions) ?? `write ${group}/${found.versions[0] ?? 'a version that is served'}`,
    }),
  ];
}

function servedOf({ byName, definitionNames }: ServedVersions, apiVersion: string, kind: string): Served | undefined {
  return definitionNames(apiVersion, kind).flatMap((name) => byName.get(name) ?? [])[0];
}

function servedLabel({ versions, span }: Served) {
  return { span, message: `served: ${listWords(versions, 'and')}` };
}
