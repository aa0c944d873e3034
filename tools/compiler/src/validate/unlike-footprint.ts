import { type Diagnostic, diagnostic, listWords } from '@fluxwright/diagnostics';
import { bytesText, coresText, one } from '@fluxwright/kubernetes';
import type { Component } from '@fluxwright/model';
import { footprintWorkloads } from '../capacity/footprint-workloads.ts';
import { renderedWorkloads } from '../capacity/rendered-workloads.ts';
import type { WorkloadDemand } from '../capacity/workload-demand.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { isSureOf } from '../facts/recorded-release.ts';
import { isSeen, placesOf } from '../needs/is-seen.ts';
import type { Check, CheckContext } from './check.ts';

/** More workloads than these are not named. */
const mostNamed = 4;

/**
 * A footprint says what its component makes: each line is a workload that is made, with these requests, replicas and
 * volumes, unless a program makes it when it runs; and each workload of a chart has a line, since without the chart nothing else
 * tells of it. What a component's own manifests make is always there to be counted, and needs none. Jobs that ask for
 * nothing count nothing.
 */
export const unlikeFootprint: Check = ({ rendered }: CheckContext): readonly Diagnostic[] => {
  const made = Map.groupBy(renderedWorkloads(rendered), ({ component }) => component);
  const said = Map.groupBy(footprintWorkloads(rendered.cluster).value, ({ component }) => component);
  return rendered.cluster.components.flatMap(({ component }) => {
    const objects = made.get(component.name) ?? [];
    const lines = said.get(component.name) ?? [];
    return [
      ...lines.flatMap((line) => findingsOfLine(line, { component, objects, rendered })),
      ...withoutLine(component, objects, lines),
    ];
  });
};

interface Context {
  readonly component: Component;
  readonly objects: readonly WorkloadDemand[];
  readonly rendered: RenderedCluster;
}

function findingsOfLine(line: WorkloadDemand, { component, objects, rendered }: Context): readonly Diagnostic[] {
  const object = objects.find((each) => isSame(each, line));
  if (object !== undefined) return differing(line, object, objects);
  if (line.line?.atRuntime === true || !isSeen(component, rendered) || isUnsure(line, rendered)) return [];
  const namesake = objects.find(({ name }) => name === line.name);
  return [
    finding(line, {
      message: `the footprint of component "${component.name}" has ${title(line)}, which is not made`,
      note: namesake === undefined ? placesOf(component) : `a ${namesake.kind} of this name is made`,
      help:
        namesake === undefined
          ? 'remove the line; give it 0 replicas where the values leave it out; or say atRuntime: true where a program makes it when it runs'
          : `say kind: ${namesake.kind}, or take the replicas of each kind from the values`,
    }),
  ];
}

/** True where the workload is known by recorded facts that may not hold for this cluster. */
function isUnsure({ component, kind, name }: WorkloadDemand, { recorded }: RenderedCluster): boolean {
  return recorded.some(
    (each) => !each.isAtHand && each.component === component && !isSureOf(each.release, `${kind} ${name}`),
  );
}

/** What a line says otherwise than the object. A limit that it does not say is no statement. */
function differing(
  line: WorkloadDemand,
  object: WorkloadDemand,
  objects: readonly WorkloadDemand[],
): readonly Diagnostic[] {
  const storage = object.storage + claimed(object, objects);
  const amounts: readonly (readonly [string, string, string])[] = [
    ['replicas', String(line.replicas), String(object.replicas)],
    ['cpu', coresText(line.requests.cpu), coresText(object.requests.cpu)],
    ['memory', bytesText(line.requests.memory), bytesText(object.requests.memory)],
    ['gpu', String(line.requests.gpu / one), String(object.requests.gpu / one)],
    ['storage of all replicas', bytesText(line.storage), bytesText(storage)],
    ...(line.limits.cpu === 0n
      ? []
      : [['CPU limit', coresText(line.limits.cpu), coresText(object.limits.cpu)] as const]),
    ...(line.limits.memory === 0n
      ? []
      : [['memory limit', bytesText(line.limits.memory), bytesText(object.limits.memory)] as const]),
  ];
  const others = amounts.filter(([, said, made]) => said !== made);
  if (others.length === 0) return [];
  return [
    finding(line, {
      message: `the footprint of component "${line.component}" says something else of ${title(line)} than what is made`,
      note: `made with ${listWords(
        others.map(([name, said, made]) => `${name} ${made} instead of ${said}`),
        'and',
      )}${object.chart === undefined ? '' : `, in ${object.chart}`}`,
      help: 'let the line take the values that reach the workload: the sum of the containers of one pod',
    }),
  ];
}

/** Storage of the claims that a workload's pods mount and that are objects of their own. */
function claimed({ claims = [], namespace }: WorkloadDemand, objects: readonly WorkloadDemand[]): bigint {
  return objects
    .filter((each) => each.kind === 'PersistentVolumeClaim' && each.namespace === namespace)
    .filter(({ name }) => claims.includes(name))
    .reduce((sum, { storage }) => sum + storage, 0n);
}

function withoutLine(
  component: Component,
  objects: readonly WorkloadDemand[],
  lines: readonly WorkloadDemand[],
): readonly Diagnostic[] {
  const mounted = new Set(objects.flatMap(({ claims = [] }) => claims));
  const open = objects
    .filter(({ chart }) => chart !== undefined)
    .filter((each) => !lines.some((line) => isSame(line, each)))
    .filter(({ kind, name }) => kind !== 'PersistentVolumeClaim' || !mounted.has(name))
    .filter((each) => !isOfJob(each) || asksForSomething(each));
  if (open.length === 0) return [];
  const names = open.slice(0, mostNamed).map(title);
  const rest = open.length - names.length;
  return [
    diagnostic('capacity/unlike-footprint', {
      message: `the chart of component "${component.name}" makes ${listWords([...names, ...(rest === 0 ? [] : [`${rest} more`])], 'and')}, which its footprint does not have`,
      primary: component.manifest.locate(['spec', 'footprint', 'workloads']),
      note: 'without the chart nobody would count it',
      labels: open
        .slice(0, 1)
        .flatMap(({ chart }) =>
          chart === undefined
            ? []
            : [{ span: component.manifest.locate(['spec', 'helm', 'chart']), message: `in ${chart}` }],
        ),
      help: 'add a line with its kind and name, and the values that set its requests',
    }),
  ];
}

function isOfJob({ kind }: WorkloadDemand): boolean {
  return kind === 'Job' || kind === 'CronJob' || kind === 'Pod';
}

function asksForSomething({ requests, storage }: WorkloadDemand): boolean {
  return requests.cpu + requests.memory + requests.gpu + storage > 0n;
}

function isSame(a: WorkloadDemand, b: WorkloadDemand): boolean {
  return a.kind === b.kind && a.name === b.name;
}

function title({ kind, name }: WorkloadDemand): string {
  return `${kind} ${name}`;
}

function finding({ line }: WorkloadDemand, fields: { message: string; note: string; help: string }): Diagnostic {
  return diagnostic('capacity/unlike-footprint', { ...fields, ...(line && { primary: line.span }) });
}
