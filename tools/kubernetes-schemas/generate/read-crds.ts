import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { CustomResourceDefinition } from '../src/convert-crd.ts';

/** Every CustomResourceDefinition in the files that match the globs under a folder; a glob that matches none is an error. */
export function readCrds(folder: string, globs: readonly string[]): CustomResourceDefinition[] {
  return globs.flatMap((glob) => {
    const files = globSync(glob, { cwd: folder }).sort();
    const crds = files.flatMap((file) => parseCrds(readFileSync(join(folder, file), 'utf8')));
    if (crds.length === 0) throw new Error(`${folder}: no CustomResourceDefinition in ${glob}`);
    return crds;
  });
}

/** The CustomResourceDefinitions among the documents of a YAML text. */
export function parseCrds(text: string): CustomResourceDefinition[] {
  return [...parseAllDocuments(text)]
    .map((document) => document.toJS() as CustomResourceDefinition | null)
    .filter((value): value is CustomResourceDefinition => value?.kind === 'CustomResourceDefinition');
}
