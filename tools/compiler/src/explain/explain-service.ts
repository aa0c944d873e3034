import { one } from '@fluxwright/kubernetes';
import type { ResolvedCluster, ResolvedRequest } from '@fluxwright/model';
import { amountText } from '../capacity/amount-text.ts';
import { footprintWorkloads } from '../capacity/footprint-workloads.ts';
import { timesAmounts, type WorkloadDemand } from '../capacity/workload-demand.ts';
import type { ExplainedService } from './explanation.ts';

/** Who asked for a service, and what it costs. */
export function explainService(cluster: ResolvedCluster, request: ResolvedRequest): ExplainedService {
  const { key, kind, provider, span, said, stage } = request;
  const workloads = footprintWorkloads(cluster).value.filter((each) => each.request === key);
  return {
    key,
    kind,
    provider: provider.component,
    phase: stage === 'attach' ? 'beside' : 'before',
    asked: span,
    ...(said.because === undefined ? {} : { because: said.because }),
    cost: workloads.map(costText),
  };
}

function costText({ kind, name, replicas, requests, storage }: WorkloadDemand): string {
  const pods = replicas === 'node' ? 1 : replicas;
  const { cpu, memory } = timesAmounts(requests, pods);
  const amounts = [
    replicas === 'node' ? 'on each node' : amountText('pods', BigInt(replicas) * one),
    amountText('cpu', cpu),
    amountText('memory', memory),
    ...(storage === 0n ? [] : [`${amountText('memory', storage).replace(' of memory', '')} of storage`]),
  ];
  return `${kind} ${name}: ${amounts.join(', ')}`;
}
