import type { Staged } from '@fluxwright/diagnostics';
import type { DefinitionFactsSpec } from '../generated/definition-facts.ts';
import { definitionFacts as validate } from '../generated/manifest-validators.js';
import { type RecordedFacts, readRecordedFacts } from './recorded-facts.ts';
import type { ComponentFile } from './workspace.ts';

/** Its name in the folder of a component. */
export const definitionFactsFile = 'crds.facts.yaml';

/** Names and types of the custom kinds that a component brings, as they were recorded. */
export type DefinitionFacts = RecordedFacts<DefinitionFactsSpec>;

/** Reads what was recorded of a component's definitions. No part of loadComponent: most commands do not look at it. */
export function readDefinitionFacts(file: ComponentFile): Staged<DefinitionFacts | undefined> {
  return readRecordedFacts('definition-facts', validate, file);
}
