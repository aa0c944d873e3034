import { type Diagnostic, type DiagnosticCode, diagnostic, type Staged } from '@fluxwright/diagnostics';
import type { JsonObject, SourceDocument } from '@fluxwright/documents';
import { formatPath, limitFindings, parseYaml, remember } from '@fluxwright/documents';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { cluster, clusterDefaults, component, product } from '../generated/manifest-validators.js';
import { type SchemaFinding, schemaFindings } from '../schema/schema-findings.ts';

/** The manifests there are; each has schemas/<kind>.schema.json. */
export type ManifestKind = 'component' | 'product' | 'cluster' | 'cluster-defaults';

/** A manifest that keeps its schema. */
export interface Manifest {
  readonly document: SourceDocument;
  readonly name: string;
  readonly spec: JsonObject;
}

/** Parses and checks a manifest. */
export function readManifest(kind: ManifestKind, file: string, text: string): Staged<Manifest | undefined> {
  return remember(kind, file, text, () => checkManifest(kind, file, text));
}

function checkManifest(kind: ManifestKind, file: string, text: string): Staged<Manifest | undefined> {
  const { value: document, diagnostics } = parseYaml(file, text);
  if (document === undefined) return { value: undefined, diagnostics };
  const validate = validators[kind];
  if (validate(document.value)) {
    const { metadata, spec } = document.value as { metadata: { name: string }; spec: JsonObject };
    return { value: { document, name: metadata.name, spec }, diagnostics };
  }
  return { value: undefined, diagnostics: schemaDiagnostics(document, validate.errors ?? []) };
}

/** What a schema of ours forbids in a file, in the words of the file. `errors` are ajv's, made with allErrors and verbose. */
export function schemaDiagnostics(document: SourceDocument, errors: readonly ErrorObject[]): readonly Diagnostic[] {
  const { findings, more } = schemaFindings(errors, document.value);
  const makers = findings.map((finding) => () => manifestDiagnostic(document, finding));
  return limitFindings(makers, more);
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
    type: `${where} must ${rule}`,
    invalid: `${where} must ${rule}`,
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

const validators: Readonly<Record<ManifestKind, ValidateFunction>> = {
  component,
  product,
  cluster,
  'cluster-defaults': clusterDefaults,
};
