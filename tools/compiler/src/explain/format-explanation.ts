import type { Span } from '@fluxwright/diagnostics';
import { place } from '../assemble/provenance-file.ts';
import type { ExplainedReload, ExplainedService, ExplainedValue, Explanation } from './explanation.ts';

/** How an explanation is printed: for people, for programs. */
export type ExplanationFormat = 'text' | 'json';

/** The explanation as text; ends with a newline. JSON has the fields of {@link Explanation}. */
export function formatExplanation(explanation: Explanation, format: ExplanationFormat): string {
  return format === 'json' ? `${JSON.stringify(explanation, null, 2)}\n` : text(explanation);
}

function text(explanation: Explanation): string {
  const {
    cluster,
    object,
    file,
    source,
    schema,
    stage,
    component,
    service,
    renewed,
    flows,
    reasons,
    waitsFor,
    values,
  } = explanation;
  const { kind, namespace, name } = object;
  const lines = [
    `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name} of cluster ${cluster}`,
    `  file      ${file}`,
    `  from      ${place(source)}`,
  ];
  if (schema !== undefined) lines.push(`  schema    ${object.apiVersion} of ${schema}`);
  if (stage !== undefined) lines.push(`  stage     ${stage.component}/${stage.stage}`);
  if (component !== undefined) lines.push(`  component ${component.title}: ${component.description}`);
  if (service !== undefined) lines.push(...serviceLines(service));
  lines.push(
    ...renewed.map(
      ({ secret, by, source: says, span }) =>
        `  renews    Secret ${secret}: ${takenUp[by]}, says ${says} (${place(span)})`,
    ),
  );
  lines.push(
    ...flows.flatMap(({ text: said, reason }) => [
      `  allows    ${said}`,
      `              ${reason.text} (${place(reason.span)})`,
    ]),
  );
  lines.push(...reasons.map((reason) => `  because   ${reason.text} (${place(reason.span)})`));
  for (const { to, reasons: why } of waitsFor) {
    lines.push(
      `  waits for ${to.component}/${to.stage}`,
      ...why.map((reason) => `              ${reason.text} (${place(reason.span)})`),
    );
  }
  lines.push(...values.flatMap(valueLines));
  return `${lines.join('\n')}\n`;
}

function serviceLines({ key, kind, provider, phase, asked, because, cost }: ExplainedService): string[] {
  const why = because === undefined ? '' : `: ${because}`;
  return [
    `  service   ${kind} ${key} by ${provider}, asked for at ${place(asked)}${why}`,
    ...(phase === 'beside' ? ['  beside    it is attached once both are ready, and nobody waits for it'] : []),
    ...cost.map((each) => `  costs     ${each}`),
  ];
}

const takenUp: Readonly<Record<ExplainedReload['by'], string>> = {
  program: 'its readers read it again by themselves',
  sidecar: 'a container of their pods tells its readers',
  restart: 'the pods of its readers are replaced',
};

function valueLines({ path, value, template, layers, reads }: ExplainedValue): string[] {
  const read = reads.length === 0 ? '' : ` reads ${reads.join(', ')}`;
  return [
    `  ${path}: ${JSON.stringify(value)}`,
    `      ${place(template)}${read}`,
    ...layers.map((layer: Span) => `      ${place(layer)}`),
  ];
}
