import { didYouMean, listWords, type Span } from '@fluxwright/diagnostics';
import { valueAt } from '@fluxwright/documents';
import type { Pair } from '../generated/component.ts';
import type { Component } from '../load/workspace.ts';
import type { Peer } from './check-pair.ts';
import type { Here } from './left-out.ts';
import { type Resolution, report } from './resolution.ts';
import type {
  MergedValues,
  PairPart,
  PairRole,
  ResolvedCluster,
  ResolvedRequest,
  ServicePair,
  StageId,
} from './resolved-cluster.ts';

/** What the requests of a pair are held against. */
export interface PairInput {
  readonly services: readonly ResolvedRequest[];
  readonly capabilities: ReadonlyMap<string, StageId>;
  readonly peer: Peer | undefined;
  /** What the other cluster is by itself; undefined where it cannot be resolved. Asked for only where something is copied. */
  half(): ResolvedCluster | undefined;
}

/**
 * The requests of a cluster, those with `protect: replicate` together with their part in the pair (docs/decisions/0085). A
 * cluster without a peer copies nothing. The other cluster must have the equal request, of the same provider, in the other role.
 */
export function pairServices(resolution: Resolution, input: PairInput): readonly ResolvedRequest[] {
  const { peer } = input;
  if (peer === undefined) return withoutUnasked(input.services, false);
  const services = withoutUnasked(input.services, true);
  const keys = askedBy(services);
  const own = pairSettings(resolution.settings);
  const theirs = pairSettings(peer.settings);
  const copied = services.filter(isReplicated);
  checkNamedServices(resolution, copied);
  return services.map((request) => {
    if (!isReplicated(request)) return request;
    const pair = request.service.said.pair;
    if (pair === undefined) {
      reportUnreplicated(resolution, request);
      return request;
    }
    const asked = keys(request);
    const part = partOf(own, theirs, asked);
    const half = input.half();
    if (half === undefined) return request;
    const match = checkHalf(resolution, request, { peer, half });
    if (match === undefined) return request;
    if (part.role === roleOf(theirs, asked) && own.role !== theirs.role && !isSwitching(own, theirs))
      reportRoles(resolution, request, peer, part.role);
    const way = wayOf(pair, [input.capabilities, half.capabilities]);
    if (way === undefined) reportNoWay(resolution, request, pair, { input, half });
    const token = own.tokens?.[request.key];
    const resolved = { ...part, strategy: pair.strategy, way: way ?? '', ...(token !== undefined && { token }) };
    return { ...request, pair: resolved };
  });
}

/** What only copied services need is asked for by these alone; nothing is asked for by what nobody asks for. */
function withoutUnasked(services: readonly ResolvedRequest[], hasPeer: boolean): readonly ResolvedRequest[] {
  const byKey = new Map(services.map((each) => [each.key, each]));
  const isAsked = ({ said, parent }: ResolvedRequest): boolean => {
    const asker = byKey.get(parent ?? '');
    if (asker !== undefined && !isAsked(asker)) return false;
    return said.copied !== true || (hasPeer && asker !== undefined && isReplicated(asker));
  };
  return services.filter(isAsked);
}

/** The key of a request, then those of what it is needed for, the innermost first. */
function askedBy(services: readonly ResolvedRequest[]): (request: ResolvedRequest) => readonly string[] {
  const byKey = new Map(services.map((each) => [each.key, each]));
  return function keys({ key, parent }): readonly string[] {
    const asker = byKey.get(parent ?? '');
    return asker === undefined ? [key] : [key, ...keys(asker)];
  };
}

/** The requests of a cluster as the other one, its peer, sees them: with their parts, held against nothing. */
export function halvesOf(
  settings: MergedValues,
  peer: Peer | undefined,
  services: readonly ResolvedRequest[],
): readonly ResolvedRequest[] {
  const own = pairSettings(settings);
  const theirs = peer === undefined ? {} : pairSettings(peer.settings);
  const asked = withoutUnasked(services, true);
  const keys = askedBy(asked);
  return asked.map((request) => {
    const pair = isReplicated(request) ? request.service.said.pair : undefined;
    return pair === undefined
      ? request
      : { ...request, pair: { ...partOf(own, theirs, keys(request)), strategy: pair.strategy, way: '' } };
  });
}

/** The part of a whole cluster, by its settings and those of the other one: that of each service which has none of its own. */
export function clusterPart(own: MergedValues, theirs: MergedValues): PairPart {
  return partOf(pairSettings(own), pairSettings(theirs), []);
}

/** The components that meet themselves in the other cluster, where both have a way to do so. */
export function componentPairs(
  { settings }: Resolution,
  { members, capabilities }: Here,
  half: ResolvedCluster | undefined,
): ReadonlyMap<string, ServicePair> {
  if (half === undefined) return new Map();
  const there = new Set(half.components.map(({ component }) => component.name));
  const part = clusterPart(settings, half.settings);
  return new Map(
    [...members].flatMap(([name, { item }]): [string, ServicePair][] => {
      const { pair } = item.spec;
      const way = pair && there.has(name) ? wayOf(pair, [capabilities, half.capabilities]) : undefined;
      return pair === undefined || way === undefined ? [] : [[name, { ...part, strategy: pair.strategy, way }]];
    }),
  );
}

/** The first way that both clusters have what it needs for. */
export function wayOf({ ways }: Pair, clusters: readonly { has(capability: string): boolean }[]): string | undefined {
  return Object.entries(ways).find(([, { capabilities = [] }]) =>
    capabilities.every((each) => clusters.every((cluster) => cluster.has(each))),
  )?.[0];
}

interface PairSettings {
  readonly role?: PairRole;
  readonly services?: Readonly<Record<string, PairRole>>;
  readonly switching?: boolean;
  readonly tokens?: Readonly<Record<string, string>>;
}

function pairSettings(settings: MergedValues): PairSettings {
  return (valueAt(settings.value, ['disasterRecovery']) ?? {}) as PairSettings;
}

/** What a service needs in its turn has the part of the service. */
function roleOf({ role = 'primary', services }: PairSettings, keys: readonly string[]): PairRole {
  return keys.map((key) => services?.[key]).find((each) => each !== undefined) ?? role;
}

/**
 * `switching` is said once for a whole cluster, while a single service may go over, or have gone over long ago: a side hands over
 * what both have as standby, and copies as before what the other one is primary of.
 */
function partOf(own: PairSettings, theirs: PairSettings, keys: readonly string[]): PairPart {
  const role = roleOf(own, keys);
  const handsOver = own.switching === true && role === 'standby' && roleOf(theirs, keys) === 'standby';
  return { role, copies: role === 'standby' && !handsOver, handsOver };
}

/** While one hands over, both are standby. */
function isSwitching(own: PairSettings, theirs: PairSettings): boolean {
  return own.switching === true || theirs.switching === true;
}

/** Access to what another asked for is copied with that. */
function isReplicated({ said }: ResolvedRequest): boolean {
  return said.protect === 'replicate' && said.of === undefined;
}

/** Services that the cluster gives a part or a token of their own, and nobody asks to have copied. */
function checkNamedServices(resolution: Resolution, copied: readonly ResolvedRequest[]): void {
  const { settings, cluster } = resolution;
  const keys = copied.map(({ key }) => key);
  for (const part of ['services', 'tokens'] as const) {
    for (const key of Object.keys(pairSettings(settings)[part] ?? {})) {
      if (keys.includes(key)) continue;
      const [span = { file: cluster.manifest.file }] = settings.originsOf(['disasterRecovery', part, key], 'key');
      report(resolution, 'resolve/unmatched-service', {
        message: `cluster "${cluster.name}" says its part in the service ${key}, which nothing copies`,
        primary: span,
        note: 'no component asks for it with protect: replicate',
        help:
          didYouMean(key, keys) ??
          (keys.length === 0
            ? 'write protect: replicate in the request for it'
            : `copied are ${listWords(keys, 'and')}`),
      });
    }
  }
}

function reportUnreplicated(resolution: Resolution, { key, kind, span, provider, service }: ResolvedRequest): void {
  const maker = resolution.workspace.components.get(provider.component);
  report(resolution, 'resolve/unreplicated-service', {
    message: `the ${kind} ${key} is to be copied to the other cluster, and "${provider.component}" cannot do that`,
    primary: span,
    note: 'protect: replicate',
    labels: maker === undefined ? [] : [{ span: maker.manifest.locate(service.path), message: 'it says no pair here' }],
    help: 'write protect: backup, or let the cluster have another provider',
  });
}

/** The equal request of the other cluster. */
function checkHalf(
  resolution: Resolution,
  request: ResolvedRequest,
  { peer, half }: { readonly peer: Peer; readonly half: ResolvedCluster },
): ResolvedRequest | undefined {
  const { key, kind, span, provider, consumer } = request;
  const other = half.services.find((each) => each.key === key);
  const theirs: Span = { file: peer.cluster.manifest.file };
  const refuse = (note: string, label: { readonly span: Span; readonly message: string }, help: string) => {
    report(resolution, 'resolve/unmatched-service', {
      message: `the ${kind} ${key} has no half in cluster "${peer.cluster.name}"`,
      primary: span,
      note,
      labels: [label],
      help,
    });
    return undefined;
  };
  if (other === undefined)
    return refuse(
      'nothing asks for it there',
      { span: theirs, message: `"${peer.cluster.name}" is described here` },
      `let both clusters have "${consumer}" with equal values, or write protect: backup`,
    );
  if (other.kind !== kind || other.provider.component !== provider.component)
    return refuse(
      `"${provider.component}" makes it here, "${other.provider.component}" there`,
      { span: theirs, message: `"${peer.cluster.name}" is described here` },
      'let both clusters have one provider: only equal systems copy from each other',
    );
  if (!isReplicated(other))
    return refuse(
      'it is not copied there',
      { span: other.span, message: 'it is asked for here' },
      'write protect: replicate there',
    );
  return other;
}

function reportRoles(resolution: Resolution, { key, kind }: ResolvedRequest, peer: Peer, role: PairRole): void {
  const { settings, cluster } = resolution;
  const at = (of: MergedValues, file: string): Span =>
    of.originsOf(['disasterRecovery', 'services', key], 'key')[0] ??
    of.originsOf(['disasterRecovery', 'role'])[0] ?? { file };
  report(resolution, 'resolve/peer-mismatch', {
    message: `clusters "${cluster.name}" and "${peer.cluster.name}" are both ${role} of the ${kind} ${key}`,
    primary: at(settings, cluster.manifest.file),
    note: 'one of a pair is primary, the other standby',
    labels: [{ span: at(peer.settings, peer.cluster.manifest.file), message: `"${peer.cluster.name}" is ${role} too` }],
    help: `set disasterRecovery.services["${key}"] of one of them to ${role === 'primary' ? 'standby' : 'primary'}`,
  });
}

function reportNoWay(
  resolution: Resolution,
  { key, kind, span, provider, service }: ResolvedRequest,
  pair: Pair,
  { input, half }: { readonly input: PairInput; readonly half: ResolvedCluster },
): void {
  const { cluster, workspace } = resolution;
  const maker: Component | undefined = workspace.components.get(provider.component);
  const lacks = Object.entries(pair.ways).map(([way, { capabilities = [] }]) => {
    const here = capabilities.filter((each) => !input.capabilities.has(each));
    const there = capabilities.filter((each) => !half.capabilities.has(each));
    const said = [
      ...(here.length > 0 ? [`"${cluster.name}" has no ${listWords(here, 'and')}`] : []),
      ...(there.length > 0 ? [`"${half.name}" has no ${listWords(there, 'and')}`] : []),
    ];
    return `${way}: ${said.join(', ')}`;
  });
  report(resolution, 'resolve/no-way', {
    message: `the halves of the ${kind} ${key} in clusters "${cluster.name}" and "${half.name}" cannot reach each other`,
    primary: span,
    note: lacks.join('; '),
    labels: [
      ...(maker === undefined
        ? []
        : [{ span: maker.manifest.locate([...service.path, 'pair', 'ways'], 'key'), message: 'the ways there are' }]),
      { span: { file: half.file }, message: `"${half.name}" is described here` },
    ],
    help: 'let both clusters have a component that provides what one of the ways needs',
  });
}
