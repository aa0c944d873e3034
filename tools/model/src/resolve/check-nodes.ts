import { isObject, type JsonValue, valueAt } from '@fluxwright/documents';
import { type Resolution, report } from './resolution.ts';

/**
 * The nodes that hold a cluster's state are an odd number: of an even one the loss of half stops it, as it does with one node less
 * (https://etcd.io/docs/v3.5/faq/#why-an-odd-number-of-cluster-members). Nothing is said of a cluster that names none.
 */
export function checkNodes(resolution: Resolution): void {
  const { cluster, settings } = resolution;
  const pools = valueAt(settings.value, ['nodes', 'pools']);
  const holding = (Array.isArray(pools) ? pools : []).flatMap((pool: JsonValue, index) =>
    isObject(pool) && pool.controlPlane === true ? [{ count: Number(pool.count), index }] : [],
  );
  const [first] = holding;
  const sum = holding.reduce((total, { count }) => total + count, 0);
  if (first === undefined || sum % 2 === 1) return;
  const [primary] = settings.originsOf(['nodes', 'pools', first.index, 'count']);
  report(resolution, 'resolve/even-control-plane', {
    message: `cluster "${cluster.name}" has ${sum} nodes that hold its state`,
    ...(primary !== undefined && { primary }),
    note: sum === 0 ? 'then nothing holds it' : `${sum} carry the loss of as many as ${sum - 1}`,
    help: 'give the pools with controlPlane 1, 3 or 5 nodes in all',
  });
}
