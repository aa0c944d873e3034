import { createRequire } from 'node:module';
import type { Staged } from '@fluxwright/diagnostics';
import type { SourceDocument } from '@fluxwright/documents';
import { parseYaml } from '@fluxwright/documents';
import type { ValidateFunction } from 'ajv';
import type { ComponentTestSpec } from '../generated/component-test.ts';
import { schemaDiagnostics } from '../load/manifest.ts';
import { clusterSchema } from '../resolve/cluster-settings.ts';

/** A case of a component that keeps schemas/component-test.schema.json. */
export interface ComponentTest {
  readonly name: string;
  /** Below tests/ of the component. */
  readonly document: SourceDocument;
  readonly spec: ComponentTestSpec;
}

/** Parses and checks a case. */
export function readComponentTest(file: string, text: string): Staged<ComponentTest | undefined> {
  const { value: document, diagnostics } = parseYaml(file, text);
  if (document === undefined) return { value: undefined, diagnostics };
  validator ??= compileSchema();
  if (!validator(document.value)) {
    return { value: undefined, diagnostics: schemaDiagnostics(document, validator.errors ?? []) };
  }
  const { metadata, spec } = document.value as unknown as { metadata: { name: string }; spec: ComponentTestSpec };
  return { value: { name: metadata.name, document, spec }, diagnostics };
}

/** Compiled when the first case is read: only tests need it, and Nx loads this package on every command. */
const require = createRequire(import.meta.url);
let validator: ValidateFunction | undefined;

function compileSchema(): ValidateFunction {
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const { default: addFormats } = require('ajv-formats') as typeof import('ajv-formats');
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true, strictTypes: false });
  addFormats.default(ajv);
  ajv.addSchema(clusterSchema, 'cluster.schema.json');
  ajv.addSchema(require('../../schemas/component.schema.json'), 'component.schema.json');
  return ajv.compile(require('../../schemas/component-test.schema.json'));
}
