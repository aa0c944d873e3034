import { type Diagnostic, diagnostic, hasErrors, type Staged } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, SourceDocument } from '@fluxwright/documents';
import { isObject, mayExist, memo, parseJson, type ReadLog, readText, remember, valueAt } from '@fluxwright/documents';
import { services as validate } from '../generated/manifest-validators.js';
import { definitionsFile } from '../schema/schema-references.ts';
import { looseParts } from './check-component.ts';
import { schemaDiagnostics } from './manifest.ts';
import type { ServiceContract, ServiceFlow, ServicePhase } from './service-contract.ts';
import { type SharedDefinitions, withDefinitions } from './shared-definitions.ts';

/** The file that says what components may ask of each other (docs/decisions/0065). */
export const contractsFile = 'services.defs.json';

/** The copy of it that the package of a component brings, for workspaces that do not have it. */
export const packedContractsFile = 'services.catalogue.defs.json';

/** The contracts of a file; `broken` where the log says what is wrong with it. */
export interface ServiceContracts {
  readonly kinds: ReadonlyMap<string, ServiceContract>;
  readonly broken: boolean;
}

/** A file of contracts. */
export interface ContractsPlace {
  readonly folder: string;
  readonly name: typeof contractsFile | typeof packedContractsFile;
  readonly shared: SharedDefinitions;
  /** What its schemas call the shared definitions. */
  readonly from: string;
}

/** Reads the contracts of a file: those of all components, or those that a component brings with it. None where there is no such file. */
export function loadContracts(log: ReadLog, { folder, name, shared, from }: ContractsPlace): ServiceContracts {
  const file = `${folder}/${name}`;
  if (!mayExist(log, file)) return { kinds: new Map(), broken: false };
  const text = readText(log, file, folder);
  if (text === undefined) return { kinds: new Map(), broken: true };
  const both = JSON.stringify([text, from, shared.broken, shared.document?.text]);
  const { value, diagnostics } = remember('services', file, both, () => readContracts(file, text, shared, from));
  log.diagnostics.push(...diagnostics);
  return value;
}

function readContracts(file: string, text: string, shared: SharedDefinitions, from: string): Staged<ServiceContracts> {
  const { value: document, diagnostics } = parseJson(file, text);
  const broken = { kinds: new Map(), broken: true };
  if (document === undefined || hasErrors(diagnostics)) return { value: broken, diagnostics };
  if (!validate(document.value))
    return { value: broken, diagnostics: [...diagnostics, ...schemaDiagnostics(document, validate.errors ?? [])] };
  const said = valueAt(document.value, ['kinds']) as JsonObject;
  const found: Diagnostic[] = [...diagnostics];
  const kinds = new Map<string, ServiceContract>();
  for (const [kind, contract] of Object.entries(said)) {
    const { title, description, phase, flow = 'outputs' } = contract as unknown as SaidContract;
    const [request, outputs] = ['request', 'outputs'].map((part) => {
      const schema = withDefinitions(partOf(document, ['kinds', kind, part]), shared, from);
      found.push(...schema.diagnostics);
      return schema.value;
    });
    if (request === undefined || outputs === undefined) continue;
    kinds.set(kind, {
      kind,
      title,
      description,
      phase,
      flow,
      request,
      outputs,
      span: document.locate(['kinds', kind], 'key'),
    });
  }
  // Definitions that cannot be read have their own finding.
  return { value: { kinds, broken: hasErrors(found) || kinds.size < Object.keys(said).length }, diagnostics: found };
}

interface SaidContract {
  readonly title: string;
  readonly description: string;
  readonly phase: ServicePhase;
  readonly flow?: ServiceFlow;
}

/** A part of a document as one of its own: its positions stay those of the file. */
function partOf(document: SourceDocument, at: JsonPath): SourceDocument {
  const value = valueAt(document.value, at) ?? null;
  return {
    file: document.file,
    text: document.text,
    value,
    locate: (path, part) => document.locate([...at, ...path], part),
  };
}

/** Where a contract lets any key through, or does not say what a key is. What JSON Schema forbids in it is found where it is used. */
export const looseContract = memo(({ request, outputs }: ServiceContract): readonly Diagnostic[] =>
  [request, outputs].flatMap(looseParts),
);

/** The keys that the Secret of a kind has, by the contract's names for them. */
export function secretKeys({ outputs }: ServiceContract): readonly string[] {
  const keys = valueAt(outputs.value, ['properties', 'keys', 'properties']);
  return isObject(keys) ? Object.keys(keys) : [];
}

/** True where an output is a fact that names nothing in the cluster, although it is called `host`: a name in DNS, say. */
export function isPlainOutput({ outputs }: ServiceContract, key: string): boolean {
  return valueAt(outputs.value, ['properties', key, plainMark]) === true;
}

const plainMark = 'x-fluxwright-plain';

/** The value that each key of a request has where none is said. */
export function requestDefaults({ request }: ServiceContract): JsonObject {
  const properties = valueAt(request.value, ['properties']);
  return Object.fromEntries(
    Object.entries(isObject(properties) ? properties : {}).flatMap(([key, schema]) =>
      isObject(schema) && schema.default !== undefined ? [[key, schema.default]] : [],
    ),
  );
}

/** The contracts of all files together. Of a kind that is in two of them only equal contracts are let pass. */
export function joinContracts(files: readonly ServiceContracts[]): Staged<ReadonlyMap<string, ServiceContract>> {
  const value = new Map<string, ServiceContract>();
  const diagnostics: Diagnostic[] = [];
  for (const contract of files.flatMap(({ kinds }) => [...kinds.values()])) {
    const first = value.get(contract.kind);
    if (first === undefined) value.set(contract.kind, contract);
    else if (textOf(first) !== textOf(contract)) {
      diagnostics.push(
        diagnostic('load/invalid-service', {
          message: `two files say what a "${contract.kind}" is, and not the same`,
          primary: contract.span,
          note: 'the second',
          labels: [{ span: first.span, message: 'the first' }],
          help: `keep one of them; for a kind that several components may provide it is components/${contractsFile}`,
        }),
      );
    }
  }
  return { value, diagnostics };
}

function textOf({ phase, flow, request, outputs }: ServiceContract): string {
  return JSON.stringify([phase, flow, request.value, outputs.value]);
}

/** What a contract calls the file of shared definitions beside it, and one in a component's folder. */
export const definitionsBeside = definitionsFile;
export const definitionsAbove = `../${definitionsFile}`;
