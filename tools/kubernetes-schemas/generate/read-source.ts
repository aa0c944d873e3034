import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CustomResourceDefinition, convertCrd } from '../src/convert-crd.ts';
import type { SchemaSet } from '../src/kind-schema.ts';
import { convertSwagger, type Swagger } from './convert-swagger.ts';
import { fetchGoModule } from './fetch-go-module.ts';
import { fetchMavenJar } from './fetch-maven-jar.ts';
import { buildCrds, generateCrds } from './generate-crds.ts';
import { ownFolder } from './own-folder.ts';
import { readCrds } from './read-crds.ts';
import { type Licence, readLicence } from './read-licence.ts';
import type { CrdExtraction, Source, SwaggerExtraction } from './source.ts';
import { strimziCrds } from './strimzi-crds.ts';

/** What one source gives: its kinds, and its licence. */
export interface ReadSource extends SchemaSet {
  readonly source: Source;
  readonly licence: Licence;
}

/** Downloads a source at its pinned version and converts every definition in it. */
export function readSource(source: Source): ReadSource {
  const { read } = source;
  if ('strimzi' in read) {
    return { source, ...customKinds(strimziCrds(source, read.strimzi)), licence: readLicence(source) };
  }
  if (source.registry === 'own') return readFolder(source, ownFolder(source));
  if (source.registry === 'go') return readFolder(source, fetchGoModule(source));
  const folder = fetchMavenJar(source);
  try {
    return readFolder(source, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readFolder(source: Source, folder: string): ReadSource {
  const licence = readLicence(source, folder);
  const read = source.read as SwaggerExtraction | CrdExtraction;
  if ('swagger' in read) return { source, ...convertSwagger(readSwagger(join(folder, read.swagger))), licence };
  return { source, ...customKinds(moduleCrds(folder, read)), licence };
}

function moduleCrds(folder: string, read: CrdExtraction): CustomResourceDefinition[] {
  if ('crds' in read) return readCrds(folder, read.crds);
  return 'kustomize' in read ? buildCrds(folder, read.kustomize) : generateCrds(folder, read.controllerGen);
}

function readSwagger(file: string): Swagger {
  return JSON.parse(readFileSync(file, 'utf8')) as Swagger;
}

function customKinds(crds: readonly CustomResourceDefinition[]): SchemaSet {
  return { definitions: {}, kinds: crds.flatMap(convertCrd) };
}
