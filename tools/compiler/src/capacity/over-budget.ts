import { type Diagnostic, diagnostic, listWords } from '@fluxwright/diagnostics';
import { compareText } from '@fluxwright/documents';
import type { ResolvedCluster } from '@fluxwright/model';
import { amountText } from './amount-text.ts';
import { askedBy, type Budget } from './budget.ts';
import type { CapacityLedger } from './capacity-ledger.ts';
import type { LedgerEntry } from './ledger-entry.ts';

/** More users than these are not named. */
const mostNamed = 4;

/**
 * What the nodes of a cluster cannot carry: a sum that exceeds what is left when nodes are lost, and a pod that no node
 * can take. A set of pools whose workloads already exceed a smaller set of theirs is not reported again.
 */
export function overBudget(ledger: CapacityLedger, cluster: ResolvedCluster): readonly Diagnostic[] {
  const exceeded = ledger.budgets.filter(({ needed, available }) => needed > available);
  const smallest = exceeded.filter(
    (budget) =>
      !exceeded.some(
        (other) =>
          other.resource === budget.resource &&
          other.pools.length < budget.pools.length &&
          other.pools.every((pool) => budget.pools.includes(pool)),
      ),
  );
  return [...smallest.map((budget) => finding(budget, cluster)), ...unschedulable(ledger)];
}

function finding(
  { resource, pools, needed, available, lost, entries }: Budget,
  { name, spec, facts }: ResolvedCluster,
) {
  const limit = resource === 'volumes' ? facts.get('volumesPerNode') : undefined;
  const amount = (value: bigint): string => amountText(resource, value);
  const users = entries
    .filter((entry) => usedBy(entry) > 0n)
    .sort((a, b) => Number(usedBy(b) - usedBy(a)) || compareText(a.workload.name, b.workload.name))
    .slice(0, mostNamed);
  const where = pools.length === (spec.nodes?.pools ?? []).length ? 'its nodes' : `the nodes of ${poolNames(pools)}`;
  const loss =
    lost === undefined
      ? ''
      : ` when ${nodes(lost.nodes)} of pool "${lost.pool.name}" ${lost.nodes === 1 ? 'is' : 'are'} lost`;
  return diagnostic('capacity/over-budget', {
    message: `cluster "${name}" asks for ${amount(needed)}, and ${where} have ${amount(available)}${loss}`,
    ...(pools[0] && { primary: pools[0].spanOf([isCounted(resource) ? 'count' : resource]) }),
    note: `${amount(needed - available)} too little`,
    labels: [
      ...users.map((entry) => ({
        span: entry.workload.spanOf(isCounted(resource) ? 'replicas' : resource),
        message: `${entry.workload.kind} ${entry.workload.name} of ${entry.workload.component} takes ${amount(usedBy(entry))}`,
      })),
      ...(limit === undefined ? [] : [{ span: limit.span, message: `${limit.by} allows as many a node` }]),
    ],
    help: helpFor(resource, lost !== undefined),
  });

  function usedBy(entry: LedgerEntry): bigint {
    return askedBy(entry, resource);
  }
}

/** Counted by the node, not by what a node has. */
function isCounted(resource: Budget['resource']): resource is 'pods' | 'volumes' {
  return resource === 'pods' || resource === 'volumes';
}

function helpFor(resource: Budget['resource'], hasSpare: boolean): string {
  const loss = hasSpare ? '; spare: 0 counts on no loss of a node' : '';
  if (resource === 'volumes') return `add nodes, or let fewer pods keep data of their own${loss}`;
  return resource === 'pods'
    ? `add nodes, or raise nodes.maxPods together with the kubelet's max-pods${loss}`
    : `add nodes or larger ones, or lower what the largest users ask for${loss}`;
}

function unschedulable({ entries, pools }: CapacityLedger): readonly Diagnostic[] {
  if (pools.length === 0) return [];
  return entries
    .filter((entry) => entry.pools.length === 0 && entry.pods > 0)
    .map(({ workload }) => {
      const { kind, name, component, requests } = workload;
      const asks = [
        amountText('cpu', requests.cpu),
        amountText('memory', requests.memory),
        ...(requests.gpu > 0n ? [amountText('gpu', requests.gpu)] : []),
      ];
      const resource = requests.gpu > 0n ? 'gpu' : 'memory';
      return diagnostic('capacity/unschedulable', {
        message: `no node can take a pod of ${kind} ${name} of component "${component}"`,
        primary: workload.spanOf(resource),
        note: `one pod asks for ${listWords(asks, 'and')}`,
        labels: pools.map((pool) => ({
          span: pool.spanOf(['name']),
          message: `a node has ${amountText('cpu', pool.node.cpu)}, ${amountText('memory', pool.node.memory)}, ${amountText('gpu', pool.node.gpu)}`,
        })),
        help: 'add a pool with larger nodes, or one with the labels and taints that its pods select and tolerate',
      });
    });
}

function poolNames(pools: Budget['pools']): string {
  return listWords(
    pools.map(({ name }) => `"${name}"`),
    'and',
  );
}

function nodes(count: number): string {
  return count === 1 ? 'a node' : `${count} nodes`;
}
