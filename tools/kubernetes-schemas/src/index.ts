export { readBrief, writeBrief } from './brief-text.ts';
export { type Definition, definedSchemas, layeredSchemas } from './defined-schemas.ts';
export { isSchema, type Json, type JsonSchema } from './json-schema.ts';
export { type KubeconformSchemas, kubeconformSchemas } from './kubeconform-schemas.ts';
export {
  type DefinitionSource,
  type KnownKind,
  type LoadOptions,
  loadSchemas,
  type SchemaLookup,
  supportedVersions,
  UnsupportedKubernetesVersion,
} from './load-schemas.ts';
export type {
  Manifest,
  ManifestKind,
  ManifestSet,
  ManifestSource,
  ManifestUnavailable,
  OtherRelease,
  Scope,
} from './manifest.ts';
export { readManifest } from './read-manifest.ts';
export {
  definitionObject,
  type RecordedDefinition,
  type RecordedDefinitions,
  readDefinition,
  recordDefinitions,
} from './recorded-definitions.ts';
export { haveSameTypes } from './same-types.ts';
export { type Shape, schemaOfShape } from './shape.ts';
export { shareParts } from './share-parts.ts';
