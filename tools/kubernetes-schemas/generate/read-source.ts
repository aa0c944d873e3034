import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertCrd } from './convert-crd.ts';
import { convertSwagger, type Swagger } from './convert-swagger.ts';
import { fetchGoModule } from './fetch-go-module.ts';
import { generateCrds } from './generate-crds.ts';
import type { SchemaSet } from './kind-schema.ts';
import { readCrds } from './read-crds.ts';
import { type Licence, readLicence } from './read-licence.ts';
import type { Source } from './source.ts';

/** What one source gives: its kinds, and its licence. */
export interface ReadSource extends SchemaSet {
  readonly source: Source;
  readonly licence: Licence;
}

/** Downloads a source at its pinned version and converts every definition in it. */
export function readSource(source: Source): ReadSource {
  const folder = fetchGoModule(source);
  const licence = source.license === undefined ? readLicence(folder) : { id: source.license, notice: null };
  return { source, ...readKinds(source, folder), licence };
}

function readKinds({ read }: Source, folder: string): SchemaSet {
  if ('swagger' in read) return convertSwagger(JSON.parse(readFileSync(join(folder, read.swagger), 'utf8')) as Swagger);
  const crds = 'crds' in read ? readCrds(folder, read.crds) : generateCrds(folder, read.controllerGen);
  return { definitions: {}, kinds: crds.flatMap(convertCrd) };
}
