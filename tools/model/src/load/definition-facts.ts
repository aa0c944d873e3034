import type { Staged } from '@fluxwright/diagnostics';
import { parseYaml, remember, type SourceDocument } from '@fluxwright/documents';
import type { DefinitionFactsSpec } from '../generated/definition-facts.ts';
import { definitionFacts as validate } from '../generated/manifest-validators.js';
import { schemaDiagnostics } from './manifest.ts';
import type { ComponentFile } from './workspace.ts';

/** Its name in the folder of a component. */
export const definitionFactsFile = 'crds.facts.yaml';

/** Names and types of the custom kinds that a component brings, as they were recorded, with the lines that say so. */
export interface DefinitionFacts {
  readonly document: SourceDocument;
  readonly spec: DefinitionFactsSpec;
}

/** Reads what was recorded of a component's definitions. No part of loadComponent: most commands do not look at it. */
export function readDefinitionFacts({ file, text }: ComponentFile): Staged<DefinitionFacts | undefined> {
  return remember('definition-facts', file, text, (): Staged<DefinitionFacts | undefined> => {
    const { value: document, diagnostics } = parseYaml(file, text);
    if (document === undefined) return { value: undefined, diagnostics };
    if (!validate(document.value))
      return { value: undefined, diagnostics: schemaDiagnostics(document, validate.errors ?? []) };
    const { spec } = document.value as unknown as { spec: DefinitionFactsSpec };
    return { value: { document, spec }, diagnostics };
  });
}
