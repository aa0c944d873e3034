import { BlockList, isIP } from 'node:net';
import { type Diagnostic, diagnostic, type Label, listWords, type Span } from '@fluxwright/diagnostics';
import type { ClusterFacts, ClusterNetwork, OwnValue } from './cluster-facts.ts';
import { overlappingTargets } from './overlapping-targets.ts';

/**
 * What clusters of a fleet have in common and must not: the folder they are published to, their domain, values that a
 * component wants to be unique, the networks of a pair. Each cluster that takes part gets a finding of its own, whether the
 * clusters know each other or not. A hint stands with the first of those it is about.
 */
export function checkFleet(fleet: readonly ClusterFacts[]): readonly Diagnostic[] {
  const byName = new Map(fleet.map((each) => [each.cluster, each]));
  return [...sharedFolders(fleet, byName), ...sharedValues(fleet), ...fleet.flatMap((each) => networks(each, byName))];
}

type Fleet = ReadonlyMap<string, ClusterFacts>;

/** More clusters than these are counted. */
const mostNamed = 3;

function sharedFolders(fleet: readonly ClusterFacts[], byName: Fleet): readonly Diagnostic[] {
  const overlaps = overlappingTargets(fleet.flatMap(({ target }) => target ?? []));
  const met = Map.groupBy(
    overlaps.flatMap(({ cluster, other, how }) => [
      { cluster, other, how },
      { cluster: other, other: cluster, how: how === 'same' ? ('same' as const) : ('around' as const) },
    ]),
    ({ cluster }) => cluster,
  );
  return [...met].flatMap(([cluster, others]) => {
    const own = byName.get(cluster)?.target;
    const [first] = others;
    const theirs = byName.get(first?.other ?? '')?.target;
    if (own === undefined || first === undefined || theirs === undefined) return [];
    const place = `the folder ${own.path} of ${own.url}`;
    const more = others.length > 1 ? ` (and ${others.length - 1} more)` : '';
    const said = {
      same: `clusters "${cluster}" and "${first.other}"${more} are both published into ${place}`,
      inside: `cluster "${cluster}" is published into ${place}, inside that of "${first.other}"${more}`,
      around: `cluster "${cluster}" is published into ${place}, around that of "${first.other}"${more}`,
    };
    return diagnostic('fleet/shared-folder', {
      message: said[first.how],
      primary: own.span,
      note: first.how === 'same' ? 'each would overwrite the other' : 'publishing one would remove the other',
      labels: isSame(theirs.span, own.span)
        ? []
        : [{ span: theirs.span, message: `"${first.other}" has ${theirs.path}` }],
      help: isSame(theirs.span, own.span)
        ? 'remove it here: without a path of its own the folder of a cluster is clusters/<name>'
        : 'give each cluster a folder of its own in spec.git.path; without one it is clusters/<name>',
      cluster,
    });
  });
}

interface Held extends OwnValue {
  readonly cluster: string;
  readonly peer: string | undefined;
}

function sharedValues(fleet: readonly ClusterFacts[]): readonly Diagnostic[] {
  const all = fleet.flatMap(({ cluster, peer, own }) => own.map((each): Held => ({ ...each, cluster, peer })));
  const groups = [...Map.groupBy(all, ({ what, value }) => JSON.stringify([what, value.toLowerCase()])).values()];
  const shared = groups.filter((group) => group.length > 1).map((group) => ({ group, refused: refusedValue(group) }));
  const common = shared
    .filter(({ group, refused }) => group[0]?.scope === 'pair' && !(group.length === 2 && refused.length > 0))
    .map(({ group }) => group);
  return [
    ...shared.flatMap(({ refused }) => refused),
    ...[...Map.groupBy(common, ([first]) => first?.what).values()].flatMap(commonValues),
  ];
}

/** A finding for each cluster that has the value of another which must have its own. */
function refusedValue(group: readonly Held[]): readonly Diagnostic[] {
  return group.flatMap((each) => {
    const others = group.filter(
      (other) =>
        other !== each && (each.scope === 'fleet' || (each.peer === other.cluster && other.peer === each.cluster)),
    );
    const [first] = others;
    if (first === undefined) return [];
    const more = others.length > 1 ? ` (and ${others.length - 1} more)` : '';
    return diagnostic('fleet/duplicate-value', {
      message: `clusters "${each.cluster}" and "${first.cluster}"${more} have the same ${each.what}: ${each.value}`,
      primary: each.span,
      note: each.scope === 'fleet' ? 'each cluster needs its own' : 'each cluster of a pair needs its own',
      labels: labelsOf(first, each),
      help: `set another ${each.what} for one of them`,
      cluster: each.cluster,
    });
  });
}

/** One hint for the whole fleet, by the values of one kind that several clusters have: there may be more clusters than values. */
function commonValues(groups: readonly (readonly Held[])[]): readonly Diagnostic[] {
  const [[first, ...others] = []] = groups;
  if (first === undefined) return [];
  const named = [first, ...others].slice(0, mostNamed + 1).map(({ cluster }) => `"${cluster}"`);
  const rest = others.length > mostNamed ? [`${others.length - mostNamed} more`] : [];
  const those = listWords([...named, ...rest], 'and');
  const message =
    groups.length === 1
      ? `clusters ${those} have the same ${first.what}: ${first.value}`
      : `${groups.flat().length} clusters share ${groups.length} values of ${first.what}: ${those} have ${first.value}`;
  return [
    diagnostic('fleet/common-value', {
      message,
      primary: first.span,
      note: 'clusters with the same one can never be a pair',
      labels: others.slice(0, 1).flatMap((other) => labelsOf(other, first)),
      help: `set another ${first.what} for each, as long as nothing runs on it`,
      cluster: first.cluster,
    }),
  ];
}

function labelsOf(other: Held, { span, rule }: Held): readonly Label[] {
  return [
    ...(isSame(other.span, span) ? [] : [{ span: other.span, message: `"${other.cluster}" has it from here` }]),
    ...(rule === undefined ? [] : [{ span: rule, message: 'the component says so here' }]),
  ];
}

function isSame(a: Span, b: Span): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function networks(own: ClusterFacts, byName: Fleet): readonly Diagnostic[] {
  const peer = byName.get(own.peer ?? '');
  const inside = own.networks.flatMap((mine, index) =>
    own.networks
      .slice(index + 1)
      .filter((other) => overlap(mine, other))
      .map((other) => overlapping(own.cluster, mine, { ...other, cluster: own.cluster })),
  );
  if (peer === undefined || peer.peer !== own.cluster || peer.cluster === own.cluster) return inside;
  const between = own.networks.flatMap((mine) =>
    peer.networks
      // Addresses of services mean something inside their own cluster only.
      .filter((theirs) => mine.what !== 'service network' || theirs.what !== 'service network')
      .filter((theirs) => overlap(mine, theirs))
      .map((theirs) => overlapping(own.cluster, mine, { ...theirs, cluster: peer.cluster })),
  );
  return [...inside, ...between];
}

function overlapping(
  cluster: string,
  mine: ClusterNetwork,
  theirs: ClusterNetwork & { readonly cluster: string },
): Diagnostic {
  const whose =
    theirs.cluster === cluster ? `its ${theirs.what}` : `the ${theirs.what} of its peer "${theirs.cluster}"`;
  return diagnostic('fleet/overlapping-network', {
    message: `the ${mine.what} of cluster "${cluster}", ${mine.cidr}, overlaps ${whose}, ${theirs.cidr}`,
    primary: mine.span,
    note: 'one address would mean two things',
    labels: [{ span: theirs.span, message: `"${theirs.cluster}" has ${theirs.cidr}` }],
    help: 'set podCIDR, serviceCIDR and nodeCIDR of each below spec.network to networks of their own, as its nodes were made with',
    cluster,
  });
}

/** Whether two networks in CIDR notation have an address in common: then one holds the first address of the other. */
function overlap(a: ClusterNetwork, b: ClusterNetwork): boolean {
  return holds(a.cidr, b.cidr) || holds(b.cidr, a.cidr);
}

function holds(outer: string, inner: string): boolean {
  const [network = '', prefix] = outer.split('/');
  const [address = ''] = inner.split('/');
  const family = { 4: 'ipv4', 6: 'ipv6' } as const;
  const version = isIP(network);
  if ((version !== 4 && version !== 6) || isIP(address) !== version) return false;
  if (!(Number(prefix) <= (version === 4 ? 32 : 128))) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family[version]);
  return list.check(address, family[version]);
}
