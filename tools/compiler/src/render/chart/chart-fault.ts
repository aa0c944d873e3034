import { diagnostic } from '@fluxwright/diagnostics';
import { type JsonPath, pointerPath } from '@fluxwright/model';
import { EngineError, RenderError, type RenderFault, type SchemaViolation } from 'flux-render-wasm';
import { specSpan } from '../flux/flux-input.ts';
import type { TaskFinding } from '../rendered-object.ts';
import type { ComponentRelease } from './component-release.ts';

/**
 * Why Helm cannot render a release: what the chart's own schema says of a value is told at the line that wrote the value,
 * anything else at the line that names the chart. What is neither the chart's fault nor that of its bounds is thrown on.
 */
export function chartFaults(error: unknown, release: ComponentRelease): readonly TaskFinding[] {
  if (error instanceof RenderError) {
    const { violations = [] } = error.fault;
    if (violations.length > 0) return violations.map((each) => valueFault(each, release));
    return [chartFault(release, error.fault.message, placeOf(error.fault))];
  }
  if (error instanceof EngineError && ['timeout', 'memory', 'panic', 'size'].includes(error.kind)) {
    return [chartFault(release, error.message)];
  }
  throw error;
}

/** A finding about the chart as a whole. */
export function chartFault({ component, chart }: ComponentRelease, reason: string, place?: string): TaskFinding {
  return {
    reads: [],
    diagnostic: diagnostic('render/chart-failed', {
      message: `Helm cannot render ${chart.file}: ${reason.replace(/\s+/g, ' ').trim()}`,
      primary: specSpan(component, ['helm', 'chart']),
      ...(place === undefined ? {} : { note: place }),
      help: `change the chart's values in ${component.helmValues?.file ?? `${component.folder}/helm/values.yaml.hbs`}, or its version`,
    }),
  };
}

function placeOf({ file, line, column }: RenderFault): string | undefined {
  return file === undefined
    ? undefined
    : ['in ', [file, line, column].filter((each) => each !== undefined).join(':')].join('');
}

/** Values of a subchart stand under its name. */
function valueFault({ chart, pointer, message }: SchemaViolation, release: ComponentRelease): TaskFinding {
  const { component, object, values } = release;
  const own = component.spec.helm?.chart.split('/').at(-1);
  const path: JsonPath = [...(chart === own || chart === '' ? [] : [chart]), ...pointerPath(pointer, values)];
  const { span, reads } = object.trace(['spec', 'values', ...path]);
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
