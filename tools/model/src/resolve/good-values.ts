import { hash } from 'node:crypto';
import type { Diagnostic } from '@fluxwright/diagnostics';
import { type JsonObject, memo, type SourceDocument } from '@fluxwright/documents';
import { valuesSchema } from '../load/values-schema.ts';
import type { SchemaFindings } from '../schema/schema-findings.ts';

/** Values that a schema was found to take, by the digest of both: a later process need not compile that schema. */
export interface GoodValues {
  has(digest: string): boolean;
  add(digest: string): void;
}

/** What a schema says of values, or why it is of no use. */
export type Judgement =
  | ({ readonly ok: true } & SchemaFindings)
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** Holds values against a schema; those that are known to be good are not checked again. `part` tells schemas of one text apart. */
export function judgeValues(
  schema: SourceDocument,
  value: JsonObject,
  { part = 'values', goodValues }: { readonly part?: string; readonly goodValues?: GoodValues | undefined },
): Judgement {
  const digest = goodValues && hash('sha256', JSON.stringify([part, digestOf(schema), value]), 'hex');
  if (digest !== undefined && goodValues?.has(digest)) return { ok: true, findings: [], more: 0 };
  const ready = valuesSchema(schema);
  if (!ready.ok) return ready;
  const found = ready.check(value);
  if (digest !== undefined && found.findings.length === 0) goodValues?.add(digest);
  return { ok: true, ...found };
}

/** A schema is long, and asked for once a cluster. */
const digestOf = memo(({ text }: SourceDocument) => hash('sha256', text, 'hex'));
