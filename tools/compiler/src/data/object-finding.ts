import { type Diagnostic, type DiagnosticCode, diagnostic, type Label, layerLabels } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import type { Resource } from './rendered-cluster.ts';

interface ObjectFindingFields {
  /** The value of the object that is wrong. */
  readonly at: JsonPath;
  /** Points at the key instead of the value. */
  readonly part?: 'key';
  readonly message: string;
  readonly note?: string;
  readonly help?: string;
  readonly labels?: readonly Label[];
}

/**
 * A finding about one value of an object: it points at the template line that wrote the value, and names the lines of
 * the value layers it came from.
 */
export function objectFinding(
  code: DiagnosticCode,
  resource: Resource,
  { at, part, note, labels = [], help, ...fields }: ObjectFindingFields,
): Diagnostic {
  const { span, layers } = resource.origin.trace(at, part);
  const notes = [note, resource.chart].filter((each) => each !== undefined);
  return diagnostic(code, {
    ...fields,
    ...(help === undefined ? {} : { help: resource.chart === undefined ? help : `${help}; ${chartsWay}` }),
    ...(notes.length === 0 ? {} : { note: notes.join(', in ') }),
    primary: span,
    labels: [...layerLabels(layers), ...labels],
  });
}

/** No line of ours says it. */
const chartsWay = 'the chart makes it, so by its values or with another version of it';
