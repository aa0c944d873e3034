import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, type DiagnosticCode, diagnostic, type Staged } from '@fluxwright/diagnostics';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { formatPath } from './json-path.ts';
import { parseYaml } from './parse-yaml.ts';
import { remember } from './remember.ts';
import { type SchemaFinding, schemaFindings } from './schema-findings.ts';
import type { JsonObject, JsonValue, SourceDocument } from './source-document.ts';

/** The manifests there are; each has schemas/<kind>.schema.json. */
export type ManifestKind = 'component' | 'product' | 'cluster' | 'cluster-defaults';

/** A manifest that keeps its schema. */
export interface Manifest {
  readonly document: SourceDocument;
  readonly name: string;
  readonly spec: JsonObject;
}

const folder = path.join(import.meta.dirname, '../schemas');

/** Parses and checks a manifest. */
export function readManifest(kind: ManifestKind, file: string, text: string): Staged<Manifest | undefined> {
  return remember(kind, file, text, () => checkManifest(kind, file, text));
}

function checkManifest(kind: ManifestKind, file: string, text: string): Staged<Manifest | undefined> {
  const { value: document, diagnostics } = parseYaml(file, text);
  if (document === undefined) return { value: undefined, diagnostics };
  const { validate, schema } = validatorOf(kind);
  if (validate(document.value)) {
    const { metadata, spec } = document.value as { metadata: { name: string }; spec: JsonObject };
    return { value: { document, name: metadata.name, spec }, diagnostics };
  }
  const findings = schemaFindings(validate.errors ?? [], document.value, schema);
  return { value: undefined, diagnostics: findings.map((finding) => manifestDiagnostic(document, finding)) };
}

const codes: Readonly<Record<SchemaFinding['kind'], DiagnosticCode>> = {
  unknown: 'load/unknown-key',
  type: 'load/wrong-type',
  missing: 'load/missing-key',
  invalid: 'load/invalid-value',
};

function manifestDiagnostic(document: SourceDocument, { kind, path: at, rule, note, help }: SchemaFinding): Diagnostic {
  const where = at.length === 0 ? 'the manifest' : formatPath(at);
  const said = {
    unknown: `${document.file} has an unknown key ${where}`,
    missing: `${document.file} lacks ${where}`,
    type: `${where} must be ${rule}`,
    invalid: `${where} must be ${rule}`,
  };
  return diagnostic(codes[kind], {
    message: said[kind],
    primary:
      kind === 'missing'
        ? document.locate(at.slice(0, -1), 'key')
        : document.locate(at, kind === 'unknown' ? 'key' : 'value'),
    note,
    ...(help === undefined ? {} : { help }),
  });
}

interface Validator {
  readonly validate: ValidateFunction;
  readonly schema: JsonValue;
}

const validators = new Map<ManifestKind, Validator>();
let ajv: Ajv2020 | undefined;

function validatorOf(kind: ManifestKind): Validator {
  const known = validators.get(kind);
  if (known !== undefined) return known;
  ajv ??= manifestAjv();
  const schema = readSchema(kind);
  const validator = { schema, validate: ajv.getSchema(`${kind}.schema.json`) ?? ajv.compile(schema as object) };
  validators.set(kind, validator);
  return validator;
}

function manifestAjv(): Ajv2020 {
  const made = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    validateSchema: false,
  });
  addFormats.default(made, ['uri', 'email']);
  return made.addSchema(readSchema('cluster') as object, 'cluster.schema.json');
}

function readSchema(kind: ManifestKind): JsonValue {
  return JSON.parse(readFileSync(path.join(folder, `${kind}.schema.json`), 'utf8'));
}
