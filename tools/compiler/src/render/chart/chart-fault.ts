import { posix } from 'node:path';
import { diagnostic } from '@fluxwright/diagnostics';
import { type JsonPath, pointerPath } from '@fluxwright/documents';
import { engineLimit } from '@fluxwright/flux';
import type { Component } from '@fluxwright/model';
import { RenderError, type RenderErrorKind, type RenderFault, type SchemaViolation } from 'flux-render-wasm';
import { specSpan } from '../flux/flux-input.ts';
import type { TaskFinding } from '../rendered-object.ts';
import type { ComponentRelease } from './component-release.ts';
import { pullCommand } from './pull-command.ts';

/**
 * Why Helm cannot render a release: what the chart's own schema says of a value is told at the line that wrote the value,
 * anything else at the line that names the chart. What is neither the chart's fault nor that of its bounds is thrown on.
 */
export function chartFaults(error: unknown, release: ComponentRelease): readonly TaskFinding[] {
  if (error instanceof RenderError) {
    const { violations = [] } = error.fault;
    if (violations.length > 0) return violations.map((each) => valueFault(each, release));
    if (unreadable.includes(error.fault.kind)) return [wrongArchive(release, error.fault.message)];
    return [chartFault(release, error.fault.message, placeOf(error.fault))];
  }
  const reason = engineLimit(error);
  if (reason === undefined) throw error;
  return [chartFault(release, reason)];
}

/** A finding about the chart as a whole. */
export function chartFault({ component, chart }: ComponentRelease, reason: string, place?: string): TaskFinding {
  return {
    reads: [],
    diagnostic: diagnostic('render/chart-failed', {
      message: `Helm cannot render ${chart.file}: ${lastCause(reason)}`,
      primary: specSpan(component, ['helm', 'chart']),
      ...(place === undefined ? {} : { note: place }),
      help: helpForChart(component),
    }),
  };
}

/** Kinds of faults that lie in the archive, whatever the values. */
const unreadable: readonly RenderErrorKind[] = ['chart', 'dependency'];

/** A finding about a file that is not the chart it should be. */
export function wrongArchive({ component, chart }: ComponentRelease, reason: string): TaskFinding {
  return {
    reads: [],
    diagnostic: diagnostic('render/chart-failed', {
      message: `${chart.file} is not the chart of "${component.name}": ${lastCause(reason)}`,
      primary: specSpan(component, ['helm', 'chart']),
      note: `it should be ${component.spec.helm?.chart} ${component.spec.helm?.version}`,
      help: `fetch it again: ${pullCommand(component, posix.dirname(chart.file))}`,
    }),
  };
}

/** What can be done about a chart from here. */
export function helpForChart({ helmValues, folder }: Component): string {
  return `change the chart's values in ${helmValues?.file ?? `${folder}/helm/values.yaml.hbs`}, or its version`;
}

/** A template that fails inside others is told with each of them before its cause: only that is kept, and not at any length. */
function lastCause(reason: string): string {
  const text = reason.replace(/\s+/g, ' ').trim();
  const inner = text.slice(text.lastIndexOf(': error calling ') + 1).replace(/^ error calling \w+: /, '');
  return inner.length <= longest ? inner : `${inner.slice(0, longest)}…`;
}

const longest = 400;

/** What a template makes has lines of its own. */
function placeOf({ file, line, column, rendered }: RenderFault): string | undefined {
  if (file === undefined) return undefined;
  const place = [file, line, column].filter((each) => each !== undefined).join(':');
  return rendered === undefined ? `in ${place}` : `in line ${rendered.line} of what ${place} makes`;
}

/** Values of a subchart stand under its name. */
function valueFault({ chart, pointer, message }: SchemaViolation, release: ComponentRelease): TaskFinding {
  const { component, object, values } = release;
  const own = component.spec.helm?.chart.split('/').at(-1);
  const place: JsonPath = [...(chart === own || chart === '' ? [] : [chart]), ...pointerPath(pointer, values)];
  const key = unknownKey(message);
  const path = key === undefined ? place : [...place, key];
  const { span, reads } = object.trace(['spec', 'values', ...path], key === undefined ? 'value' : 'key');
  return {
    reads,
    diagnostic: diagnostic('render/chart-failed', {
      message: `the chart ${release.chart.file} refuses a value: ${message}`,
      primary: Object.keys(values).length === 0 ? specSpan(component, ['helm', 'chart']) : span,
      note: path.length === 0 ? 'in the values as a whole' : `at ${path.join('.')} of its values`,
      help: "the chart's values.schema.json says so: see its documentation of the values",
    }),
  };
}

/** The first key that a closed schema does not know (github.com/santhosh-tekuri/jsonschema kind.AdditionalProperties): it stands in the map that is told. */
function unknownKey(message: string): string | undefined {
  return /^additional properties '((?:[^'\\]|\\.)*)'.* not allowed$/.exec(message)?.[1];
}
