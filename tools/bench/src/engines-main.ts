import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { type KubeconformMeasurement, measureKubeconform } from './engines-kubeconform.ts';
import { measureRender, type RenderMeasurement } from './engines-render.ts';
import type { Timing } from './engines-timing.ts';
import { formatTable } from './format-table.ts';

/**
 * Measures both engines beside the native tools, which Go builds from the same modules; prints two tables and writes
 * reports/engines-bench.json. Times are milliseconds: the least and the median of several runs.
 */
const load = loadavg()[0] ?? 0;
const kubeconform = await measureKubeconform(1_000);
const render = await measureRender();
const machine = { node: process.version, cores: availableParallelism(), cpu: cpus()[0]?.model, load };
const root = resolve(import.meta.dirname, '../../..');
mkdirSync(join(root, 'reports'), { recursive: true });
const report = { date: new Date().toISOString().slice(0, 10), machine, kubeconform, render };
writeFileSync(join(root, 'reports/engines-bench.json'), `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(`${formatTable(kubeconformRows(kubeconform))}\n${formatTable(renderRows(render))}`);
process.stdout.write(`\n${machine.cores} cores, Node ${machine.node}, load ${load.toFixed(2)} at the start\n`);

function kubeconformRows(measured: KubeconformMeasurement): string[][] {
  return [
    [`kubeconform, ${measured.objects} objects`, 'least', 'median'],
    row('cold start, to the first verdict', measured.coldStart),
    row('objects, one worker, warm', measured.warmObjects),
    row('objects, two workers, warm', measured.warmObjectsTwoWorkers),
    row('YAML text, one worker, warm', measured.warmTexts),
    row('YAML text, two workers, warm', measured.warmTextsTwoWorkers),
    row('the command, -n 1 on one core, with its start', measured.native),
    memory(measured),
  ];
}

function renderRows(measured: RenderMeasurement): string[][] {
  return [
    ['render', 'least', 'median', 'native, in process', 'times', 'helm template'],
    row('cold start, to the first chart', measured.coldStart),
    ...measured.charts.map(({ name, warm, native }) => [
      ...row(`${name}, warm`, warm),
      ...beside(warm, native?.inProcess),
      native === undefined ? '' : milliseconds(native.command.least),
    ]),
    [
      ...row(`kustomize, ${measured.build.paths} paths, warm`, measured.build.warm),
      ...beside(measured.build.warm, measured.build.native),
    ],
    row(`${measured.ten.name} ten times, one worker`, measured.ten.one),
    row(`${measured.ten.name} ten times, two workers`, measured.ten.two),
    memory(measured),
  ];
}

function row(title: string, timing: Timing | undefined): string[] {
  return timing === undefined ? [title, '-', '-'] : [title, milliseconds(timing.least), milliseconds(timing.median)];
}

function beside(ours: Timing, native: Timing | undefined): string[] {
  return native === undefined ? ['-', '-'] : [milliseconds(native.least), (ours.least / native.least).toFixed(1)];
}

function memory(measured: { readonly memoryBefore: number; readonly memoryAfter: number }): string[] {
  const size = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  return ['memory after 1,000 and after 11,000 requests', size(measured.memoryBefore), size(measured.memoryAfter)];
}

function milliseconds(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
