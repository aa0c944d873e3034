import {
  type Diagnostic,
  type DiagnosticCode,
  type DiagnosticFields,
  diagnostic,
  layerLabels,
} from '@fluxwright/diagnostics';
import { type Need, needSpan } from '../needs/need.ts';

/** A finding about a need: it points at the value that names the thing, and at the layers that value came from. */
export function needFinding(code: DiagnosticCode, need: Need, fields: Omit<DiagnosticFields, 'primary'>): Diagnostic {
  const layers = need.resource?.origin.trace(need.at).layers ?? [];
  const chart = need.resource?.chart;
  const notes = [fields.note, chart && `made by ${chart}`].filter((each) => each !== undefined);
  return diagnostic(code, {
    ...fields,
    ...(notes.length === 0 ? {} : { note: notes.join('; ') }),
    primary: needSpan(need),
    labels: [...layerLabels(layers), ...(fields.labels ?? [])],
  });
}
