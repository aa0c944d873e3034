import { requireNode } from '@fluxwright/wasm-host';

export { EngineError, type EngineErrorKind } from '@fluxwright/wasm-host';
export { createEngine, type Engine, type EngineOptions } from './create-engine.ts';
export { createValidator, type Validator } from './create-validator.ts';
export { engineDigest } from './engine-digest.ts';
export type { ResourceInput } from './resource-input.ts';
export type { SchemaDocument, SchemaReader, SchemaSource } from './schema-source.ts';
export type { ValidationResult, ValidationStatus, Violation } from './validation-result.ts';
export { defaultSchemaLocation, type ValidatorOptions } from './validator-options.ts';

requireNode();
