import type { JsonObject } from '@fluxwright/documents';
import type { Component } from '@fluxwright/model';
import { valuesTable } from './values-table.ts';

const heading = '## Values\n';

/**
 * A component's README with its generated part brought up to date: all from the heading "Values" on, which ends with upstream's page and
 * licence. What stands above is written by hand and kept as it is; where the heading is missing, it is added at the end.
 */
export function componentReadme({ spec, schema, defaults }: Component, current: string): string {
  const at = current.indexOf(`\n${heading}`);
  const written = (at === -1 ? current : current.slice(0, at)).trimEnd();
  return `${written}\n\n${heading}\n${valuesTable(schema.value as JsonObject, defaults?.value)}${upstream(spec)}`;
}

function upstream({ homepage, license }: Component['spec']): string {
  const facts = [
    ...(homepage === undefined ? [] : [`Upstream: <${homepage}>`]),
    ...(license === undefined ? [] : [`licence: ${license}`]),
  ].join(', ');
  return facts === '' ? '' : `\n${facts.charAt(0).toUpperCase()}${facts.slice(1)}.\n`;
}
