import { byKey, valueAt } from '@fluxwright/documents';
import type { Product } from '../load/workspace.ts';
import { lookUp, type Member, type ProductMembers, type Resolution } from './resolution.ts';
import type { Reason } from './resolved-cluster.ts';

/** The cluster's products: mandatory ones, those it names, and what these require. Sorted by name. */
export function selectProducts(resolution: Resolution): ProductMembers {
  const { workspace, settings, cluster } = resolution;
  const members = new Map<string, Member<Product>>();
  const queue: { name: string; reason: Reason }[] = [];
  for (const product of workspace.products.values()) {
    if (product.spec.mandatory !== true) continue;
    const span = product.manifest.locate(['spec', 'mandatory']);
    queue.push({ name: product.name, reason: { text: `product "${product.name}" is mandatory`, span } });
  }
  if (brokenMandatory(resolution)) resolution.blocked = true;
  for (const [index, name] of namesAt(settings.value, 'products').entries()) {
    const [span = { file: cluster.manifest.file }] = settings.originsOf(['products', index]);
    queue.push({ name, reason: { text: `cluster "${cluster.name}" has the product "${name}"`, span } });
  }
  for (const { name, reason } of queue) {
    const member = members.get(name);
    if (member !== undefined) member.reasons.push(reason);
    const product = member === undefined ? lookUp(resolution, 'products', name, reason) : undefined;
    if (product === undefined) continue;
    members.set(name, { item: product, reasons: [reason] });
    for (const [index, required] of (product.spec.requires?.products ?? []).entries()) {
      const span = product.manifest.locate(['spec', 'requires', 'products', index]);
      queue.push({ name: required, reason: { text: `product "${name}" requires the product "${required}"`, span } });
    }
  }
  return new Map([...members].sort(byKey));
}

/** A list of names in the cluster's spec. */
export function namesAt(spec: Resolution['settings']['value'], key: 'products' | 'components'): readonly string[] {
  const names = valueAt(spec, [key]);
  return Array.isArray(names) ? (names as readonly string[]) : [];
}

/** Whether a product that could not be read says that every cluster has it. */
function brokenMandatory({ workspace }: Resolution): boolean {
  return [...workspace.broken].some(
    (folder) =>
      folder.startsWith('products/') &&
      /^\s+mandatory:\s*true\b/m.test(workspace.sources.get(`${folder}/product.yaml`) ?? ''),
  );
}
