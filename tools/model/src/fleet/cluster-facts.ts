import type { Span } from '@fluxwright/diagnostics';
import { formatPath, valueAt } from '@fluxwright/documents';
import { uniqueValues } from '../load/unique-values.ts';
import type { Cluster, Workspace } from '../load/workspace.ts';
import { clusterSettings } from '../resolve/cluster-settings.ts';
import { mergeLayers } from '../resolve/layered-values.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { selectComponents } from '../resolve/select-components.ts';
import { selectProducts } from '../resolve/select-products.ts';
import { valueLevels } from '../resolve/value-levels.ts';
import type { ClusterTarget } from './overlapping-targets.ts';

/** A value that other clusters of the fleet may not have, too. */
export interface OwnValue {
  /** What it is, for people: `domain`, `cilium cluster.id`. */
  readonly what: string;
  readonly value: string;
  /** `fleet`: no other cluster may have it; `pair`: the peer may not, and another had better not. */
  readonly scope: 'fleet' | 'pair';
  readonly span: Span;
  /** Where its schema says so. */
  readonly rule?: Span;
}

export interface ClusterNetwork {
  readonly what: 'pod network' | 'service network' | 'node network';
  readonly cidr: string;
  readonly span: Span;
}

/** What a cluster shares with the rest of the fleet, or must not. Plain data: it can be remembered. */
export interface ClusterFacts {
  readonly cluster: string;
  readonly peer?: string;
  readonly target?: ClusterTarget & { readonly span: Span };
  readonly networks: readonly ClusterNetwork[];
  readonly own: readonly OwnValue[];
}

/** The facts of one cluster, from its settings and the values that schemas mark with `x-fluxwright-unique`. */
export function clusterFacts(workspace: Workspace, cluster: Cluster): ClusterFacts {
  const settings = clusterSettings(workspace, cluster);
  const text = (...path: string[]): string | undefined => {
    const value = valueAt(settings.value, path);
    return typeof value === 'string' ? value : undefined;
  };
  const span = (...path: string[]): Span =>
    settings.originsOf(path)[0] ?? cluster.manifest.locate(['metadata', 'name']);
  const [url, branch, path] = [text('git', 'url'), text('git', 'branch'), text('git', 'path')];
  const [peer, domain] = [text('disasterRecovery', 'peer'), text('domain')];
  const networks = (
    [
      ['pod network', 'podCIDR'],
      ['service network', 'serviceCIDR'],
      ['node network', 'nodeCIDR'],
    ] as const
  ).flatMap(([what, key]) => {
    const cidr = text('network', key);
    return cidr === undefined ? [] : [{ what, cidr, span: span('network', key) }];
  });
  return {
    cluster: cluster.name,
    ...(peer !== undefined && { peer }),
    ...(url !== undefined &&
      branch !== undefined &&
      path !== undefined && { target: { cluster: cluster.name, url, branch, path, span: span('git', 'path') } }),
    networks,
    own: [
      ...(domain === undefined
        ? []
        : [{ what: 'domain', value: domain, scope: 'fleet' as const, span: span('domain') }]),
      ...componentFacts({ workspace, cluster, settings, diagnostics: [], blocked: false }),
    ],
  };
}

/** What components of the cluster say of their values; nothing where it cannot be told which they are. */
function componentFacts(resolution: Resolution): readonly OwnValue[] {
  const { workspace } = resolution;
  if (![...workspace.components.values()].some((component) => uniqueValues(component).length > 0)) return [];
  const products = selectProducts(resolution);
  const members = [...selectComponents(resolution, products).values()].map(({ item }) => item);
  return members.flatMap((component) => {
    const unique = uniqueValues(component);
    if (unique.length === 0) return [];
    const values = mergeLayers(valueLevels(resolution, component, products).flat(), component.schema.value);
    return unique.flatMap(({ path, scope, rule }) => {
      const value = valueAt(values.value, path);
      if (value === undefined || value === null) return [];
      const [span = component.manifest.locate(['metadata', 'name'])] = values.originsOf(path);
      const what = `${component.name} ${formatPath(path)}`;
      return [{ what, value: typeof value === 'string' ? value : JSON.stringify(value), scope, span, rule }];
    });
  });
}
