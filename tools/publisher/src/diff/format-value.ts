import type { JsonValue } from '@fluxwright/documents';
import { structuredPatch } from 'diff';
import type { FieldChange } from './field-changes.ts';

const longest = 100;

/** A value on one line, cut where it is long; nothing for undefined. */
export function formatValue(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? '';
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** The lines that tell a change of a field: one, or for texts of several lines the lines that differ. */
export function fieldLines({ path, before, after }: FieldChange): readonly string[] {
  if (before === undefined) return [`+ ${path}: ${formatValue(after)}`];
  if (after === undefined) return [`- ${path}: ${formatValue(before)}`];
  if (!isLongText(before) && !isLongText(after)) return [`~ ${path}: ${formatValue(before)} → ${formatValue(after)}`];
  const { hunks } = structuredPatch('', '', String(before), String(after), '', '', { context: 1 });
  return [`~ ${path}:`, ...hunks.flatMap(({ lines }) => lines.map((line) => `    ${line}`))];
}

function isLongText(value: JsonValue): boolean {
  return typeof value === 'string' && value.trimEnd().includes('\n');
}
