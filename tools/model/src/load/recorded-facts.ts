import type { Staged } from '@fluxwright/diagnostics';
import { parseYaml, remember, type SourceDocument } from '@fluxwright/documents';
import type { ValidateFunction } from 'ajv';
import { schemaDiagnostics } from './manifest.ts';
import type { ComponentFile } from './workspace.ts';

/** What a program has recorded in a file of a component, with the lines that say so. */
export interface RecordedFacts<Spec> {
  readonly document: SourceDocument;
  readonly spec: Spec;
}

/** Reads such a file, once while its text is the same. What breaks the schema of its kind is a finding. */
export function readRecordedFacts<Spec>(
  kind: string,
  validate: ValidateFunction,
  { file, text }: ComponentFile,
): Staged<RecordedFacts<Spec> | undefined> {
  return remember(kind, file, text, (): Staged<RecordedFacts<Spec> | undefined> => {
    const { value: document, diagnostics } = parseYaml(file, text);
    if (document === undefined) return { value: undefined, diagnostics };
    if (!validate(document.value))
      return { value: undefined, diagnostics: schemaDiagnostics(document, validate.errors ?? []) };
    const { spec } = document.value as unknown as { spec: Spec };
    return { value: { document, spec }, diagnostics };
  });
}
