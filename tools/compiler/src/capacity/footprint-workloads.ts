import { type Diagnostic, diagnostic, type Span, type Staged } from '@fluxwright/diagnostics';
import { type JsonPath, memo } from '@fluxwright/documents';
import { type Nano, one, parseQuantity } from '@fluxwright/kubernetes';
import type { ResolvedCluster } from '@fluxwright/model';
import { filledIn, type SaidValue } from '../template/text-in-context.ts';
import { type FootprintLine, footprintLines } from './footprint-lines.ts';
import { storageOf } from './storage-of.ts';
import type { WorkloadDemand } from './workload-demand.ts';
import { type SaidWorkload, workloadFrom } from './workload-from.ts';

/** What the components of a cluster say they ask for, and the values in it that are no amounts. */
export const footprintWorkloads: (cluster: ResolvedCluster) => Staged<readonly WorkloadDemand[]> = memo(findWorkloads);

function findWorkloads(cluster: ResolvedCluster): Staged<readonly WorkloadDemand[]> {
  const diagnostics: Diagnostic[] = [];
  const value = footprintLines(cluster).flatMap((line) => {
    const said = workloadFrom(line);
    diagnostics.push(...said.diagnostics);
    return said.value === undefined ? [] : demandOf(said.value, reader(line, diagnostics));
  });
  return { value, diagnostics };
}

interface Reader {
  readonly line: FootprintLine;
  /** The amount at a path of the workload; 0 where it is not said, or cannot be read, which is reported. */
  amount(path: JsonPath, said: string | number | undefined): Nano;
  count(path: JsonPath, said: string | number | undefined, unsaid: number): number;
  span(path: JsonPath): Span;
  /** Its name; undefined where it cannot be told, which is reported. */
  name(said: string): string | undefined;
  /** The line itself, whatever it takes from the values. */
  lineOf(path: JsonPath): Span;
}

function reader(line: FootprintLine, diagnostics: Diagnostic[]): Reader {
  const { component } = line.view;
  const spans = new Map<string, Span>();
  const at = (path: JsonPath) => [...line.path, ...path];
  const read = (path: JsonPath, said: string | number): SaidValue<string> | undefined => {
    const { value, diagnostics: found } = filledIn(line.view, { path: at(path), said });
    diagnostics.push(...found);
    if (value !== undefined) spans.set(path.join('.'), value.span);
    return value;
  };
  const refuse = (value: SaidValue<string>, expected: string): void => {
    const said = component.manifest.locate(at([]));
    diagnostics.push(
      diagnostic('capacity/invalid-footprint', {
        message: `the footprint of component "${component.name}" needs ${expected}`,
        primary: value.span,
        note: `this is ${JSON.stringify(value.value)}`,
        labels:
          value.span.file === said.file ? [] : [{ span: said, message: 'the footprint takes it from the values' }],
        help: `write ${expected}, such as ${expected === 'a whole number' ? '3' : '250m or 512Mi'}`,
      }),
    );
  };
  return {
    line,
    name: (said) => read(['name'], said)?.value,
    amount(path, said) {
      const value = said === undefined ? undefined : read(path, said);
      const amount = value === undefined ? 0n : parseQuantity(value.value);
      if (amount !== undefined && amount >= 0n) return amount;
      refuse(value as SaidValue<string>, 'a Kubernetes quantity');
      return 0n;
    },
    count(path, said, unsaid) {
      const value = said === undefined ? undefined : read(path, said);
      if (value === undefined) return unsaid;
      if (/^\d{1,9}$/.test(value.value)) return Number(value.value);
      refuse(value, 'a whole number');
      return unsaid;
    },
    span: (path) => spans.get(path.join('.')) ?? component.manifest.locate(at(path)),
    lineOf: (path) => component.manifest.locate(at(path)),
  };
}

/** [] for a line without replicas: with these values there is no such workload. */
function demandOf(workload: SaidWorkload, read: Reader): readonly WorkloadDemand[] {
  const { component } = read.line.owner;
  const { kind, cpu, memory, limits } = workload;
  const name = read.name(workload.name);
  const isDaemon = kind === 'DaemonSet';
  const replicas = read.count(['replicas'], workload.replicas, 1);
  if (replicas === 0 || name === undefined) return [];
  const gpu = BigInt(read.count(['gpu'], workload.gpu, 0)) * one;
  const beside = (amount: 'cpu' | 'memory'): readonly Nano[] =>
    (workload.sidecars ?? []).map((each, index) => read.amount(['sidecars', index, amount], each[amount]));
  const volumes = [
    ...(workload.storage === undefined ? [] : [read.amount(['storage'], workload.storage)]),
    ...(workload.moreStorage ?? []).map((each, index) => read.amount(['moreStorage', index], each)),
  ].filter((size) => size > 0n);
  return [
    {
      component: component.name,
      category: component.spec.category ?? 'other',
      kind,
      namespace: component.spec.namespace,
      name,
      source: 'footprint',
      replicas: isDaemon ? 'node' : replicas,
      requests: {
        cpu: sum(read.amount(['cpu'], cpu), beside('cpu')),
        memory: sum(read.amount(['memory'], memory), beside('memory')),
        gpu,
      },
      limits: {
        cpu: read.amount(['limits', 'cpu'], limits?.cpu),
        memory: read.amount(['limits', 'memory'], limits?.memory),
        gpu,
      },
      ...storageOf(volumes, isDaemon ? 1 : replicas),
      // Nodes with GPUs are commonly tainted for those who use them; agents run everywhere.
      placement: { selector: {}, tolerations: isDaemon || gpu > 0n ? 'any' : [] },
      spanOf: (resource) => read.span([resource]),
      ...(read.line.request === undefined ? {} : { request: read.line.request }),
      line: { span: read.lineOf(['name']), atRuntime: workload.atRuntime === true },
    },
  ];
}

function sum(first: Nano, others: readonly Nano[]): Nano {
  return others.reduce((all, each) => all + each, first);
}
