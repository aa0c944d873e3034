import {
  type Diagnostic,
  type DiagnosticCode,
  type DiagnosticFields,
  diagnostic,
  didYouMean,
  listWords,
} from '@fluxwright/diagnostics';
import type { Cluster, Component, Product, Workspace } from '../load/workspace.ts';
import { described } from './described.ts';
import type { MergedValues, Reason } from './resolved-cluster.ts';

/** What the steps of resolving one cluster share: they read the inputs and write only findings. */
export interface Resolution {
  readonly workspace: Workspace;
  readonly cluster: Cluster;
  readonly settings: MergedValues;
  readonly diagnostics: Diagnostic[];
  /** Set when the cluster needs what load could not read: load has said why. */
  blocked: boolean;
}

/** A product or component of the cluster, with why it is there. */
export interface Member<T> {
  readonly item: T;
  readonly reasons: Reason[];
}

export type ProductMembers = ReadonlyMap<string, Member<Product>>;
export type ComponentMembers = ReadonlyMap<string, Member<Component>>;

/** Adds a finding of this cluster. */
export function report(resolution: Resolution, code: DiagnosticCode, fields: DiagnosticFields): void {
  resolution.diagnostics.push(diagnostic(code, { ...fields, cluster: resolution.cluster.name }));
}

/** Finds a component or product by name. What is broken blocks the cluster, what is unknown is reported where it is named. */
export function lookUp<K extends 'components' | 'products'>(
  resolution: Resolution,
  kind: K,
  name: string,
  reason: Reason,
): Found<K> | undefined {
  const { workspace } = resolution;
  const found = workspace[kind].get(name);
  if (found !== undefined) return found as Found<K>;
  if (workspace.broken.has(`${kind}/${name}`)) resolution.blocked = true;
  else {
    const near = didYouMean(name, [...workspace[kind].keys(), ...brokenNames(workspace, kind)]);
    const help = near ?? (kind === 'products' ? productsHelp(workspace) : undefined);
    report(resolution, kind === 'components' ? 'resolve/unknown-component' : 'resolve/unknown-product', {
      message: `${reason.text}, which does not exist`,
      primary: reason.span,
      note: `no folder ${kind}/${name}`,
      ...(help === undefined ? {} : { help }),
    });
  }
  return undefined;
}

type Found<K extends 'components' | 'products'> = K extends 'components' ? Component : Product;

/** A workspace has few products, so that all can be named; components it may have many. */
function productsHelp({ products }: Workspace): string | undefined {
  const names = [...products.values()].map(({ name, spec }) => described(name, spec));
  if (names.length === 0) return undefined;
  return names.length === 1 ? `there is ${names[0]}` : `there are ${listWords(names, 'and')}`;
}

function brokenNames(workspace: Workspace, kind: string): readonly string[] {
  return [...workspace.broken].filter((each) => each.startsWith(`${kind}/`)).map((each) => each.slice(kind.length + 1));
}
