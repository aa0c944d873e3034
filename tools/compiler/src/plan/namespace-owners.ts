import type { Span } from '@fluxwright/diagnostics';
import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { byKey, memo } from '@fluxwright/documents';
import { initialNamespaces } from '@fluxwright/kubernetes';
import type { ResolvedCluster, ResolvedComponent } from '@fluxwright/model';
import { installOrder } from './install-order.ts';

/** Namespaces that every cluster has, or that came with Flux: never ours to make. */
export const givenNamespaces: readonly string[] = [...initialNamespaces, 'flux-system'];

/** One namespace that the compiler makes. */
export interface NamespaceClaim {
  readonly name: string;
  /** The component that is installed first of those that share it: it makes the namespace, the others wait for it. */
  readonly owner: ResolvedComponent;
  readonly others: readonly ResolvedComponent[];
  /** Labels that the components ask for, by key. */
  readonly labels: ReadonlyMap<string, NamespaceLabel>;
  /** Labels that another component wants with another value. */
  readonly conflicts: readonly {
    readonly key: string;
    readonly first: NamespaceLabel;
    readonly second: NamespaceLabel;
  }[];
}

export interface NamespaceLabel {
  readonly value: string;
  readonly span: Span;
}

/** The namespaces of a cluster's components, sorted by name. */
export const namespaceOwners = memo(findOwners);

function findOwners(cluster: ResolvedCluster): readonly NamespaceClaim[] {
  const byNamespace = new Map<string, ResolvedComponent[]>();
  for (const resolved of installOrder(cluster)) {
    const { namespace } = resolved.component.spec;
    if (!givenNamespaces.includes(namespace))
      byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), resolved]);
  }
  return [...byNamespace]
    .sort(byKey)
    .map(([name, [owner, ...others]]) => ({ name, others, ...claim(owner as ResolvedComponent, others) }));
}

function claim(owner: ResolvedComponent, others: readonly ResolvedComponent[]) {
  const labels = new Map<string, NamespaceLabel>();
  const conflicts: NamespaceClaim['conflicts'][number][] = [];
  for (const { component } of [owner, ...others]) {
    for (const [key, value] of Object.entries(component.spec.namespaceLabels ?? {}).sort(byKey)) {
      const label = { value, span: component.manifest.locate(['spec', 'namespaceLabels', key]) };
      const first = labels.get(key);
      if (first === undefined) labels.set(key, label);
      else if (first.value !== value) conflicts.push({ key, first, second: label });
    }
  }
  return { owner, labels, conflicts };
}

/** Labels of a namespace that two of its components want otherwise. */
export function namespaceConflicts(cluster: string, { name, conflicts }: NamespaceClaim): Diagnostic[] {
  return conflicts.map(({ key, first, second }) =>
    diagnostic('plan/namespace-conflict', {
      message: `two components want the namespace "${name}" with another ${key}`,
      primary: second.span,
      note: `"${second.value}" here`,
      labels: [{ span: first.span, message: `"${first.value}" here` }],
      help: 'give both the same value, or one of them a namespace of its own',
      cluster,
    }),
  );
}
