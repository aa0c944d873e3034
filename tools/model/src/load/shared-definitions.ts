import { type Diagnostic, diagnostic, didYouMean, hasErrors, type Label } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, JsonValue, SourceDocument } from '@fluxwright/documents';
import { isObject, mayExist, parseJson, type ReadLog, readText, remember } from '@fluxwright/documents';
import { definitionsFile, definitionsKey, isShared, referencesIn } from '../schema/schema-references.ts';
import { definitionFindings } from './definition-findings.ts';

/** The definitions that schemas of values may share (docs/decisions/0054): `broken` where the log says what is wrong with them. */
export interface SharedDefinitions {
  /** Where they are looked for, from the root. */
  readonly file: string;
  readonly document?: SourceDocument;
  readonly broken: boolean;
}

/** Reads the definitions beside the components of a folder, or those that an installed package brings with it. */
export function loadDefinitions(log: ReadLog, folder: string): SharedDefinitions {
  const file = `${folder}/${definitionsFile}`;
  if (!mayExist(log, file)) return { file, broken: false };
  const text = readText(log, file, folder);
  if (text === undefined) return { file, broken: true };
  const { value, diagnostics } = remember('definitions', file, text, () => {
    const read = parseJson(file, text);
    return { ...read, diagnostics: [...read.diagnostics, ...(read.value ? definitionFindings(read.value) : [])] };
  });
  log.diagnostics.push(...diagnostics);
  if (value === undefined || hasErrors(diagnostics)) return { file, broken: true };
  return { file, document: value, broken: false };
}

/**
 * A schema of values with the definitions that it takes from {@link definitionsFile}, which it calls `from`, put below its
 * `$defs`, each reference made one inside the schema. Positions stay those of the file where a part stands, and the text holds both files, so that
 * a digest of it knows them. Undefined, and findings, where a reference names no definition.
 */
export function withDefinitions(
  schema: SourceDocument,
  shared: SharedDefinitions,
  from = `../${definitionsFile}`,
): { readonly value: SourceDocument | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const references = referencesIn(schema.value).filter(({ ref }) => ref.split('#')[0] === from);
  if (references.length === 0 || !isObject(schema.value)) return { value: schema, diagnostics: [] };
  if (shared.broken) return { value: undefined, diagnostics: [] };
  const { document } = shared;
  const known = definitionsOf(document);
  const diagnostics = references.flatMap(({ path, ref }) =>
    nameIn(ref) in known ? [] : [unknownDefinition(schema, { path, ref, from }, shared)],
  );
  const own = schema.value.$defs ?? {};
  if (isObject(own) && definitionsKey in own) diagnostics.push(takenKey(schema));
  if (document === undefined || diagnostics.length > 0) return { value: undefined, diagnostics };
  if (!isObject(own)) return { value: schema, diagnostics };
  const used = reached(
    references.map(({ ref }) => nameIn(ref)),
    known,
  );
  const definitions = Object.fromEntries(used.map((name) => [name, inside(known[name] ?? null, '#/$defs/')]));
  const value = inside(schema.value, `${from}#/$defs/`) as JsonObject;
  return {
    value: {
      file: schema.file,
      text: `${schema.text}\n${document.text}`,
      value: { ...value, $defs: { ...(value.$defs as JsonObject), [definitionsKey]: { $defs: definitions } } },
      locate: (path, part) => (isShared(path) ? document.locate(path.slice(2), part) : schema.locate(path, part)),
    },
    diagnostics,
  };
}

function definitionsOf(document: SourceDocument | undefined): JsonObject {
  const definitions = isObject(document?.value) ? document.value.$defs : undefined;
  return isObject(definitions) ? Object.assign(Object.create(null), definitions) : Object.create(null);
}

function nameIn(ref: string): string {
  return /^[^#]*#\/\$defs\/([^/]+)$/.exec(ref)?.[1] ?? '';
}

/** The names and those that their definitions refer to, sorted. */
function reached(names: readonly string[], known: JsonObject): readonly string[] {
  const found = new Set(names);
  for (const name of found) for (const { ref } of referencesIn(known[name] ?? null)) found.add(nameIn(ref));
  return [...found].sort();
}

/** Makes each reference that begins with `from` one to where the definitions are put. */
function inside(value: JsonValue, from: string): JsonValue {
  if (Array.isArray(value)) return value.map((each) => inside(each, from));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === '$ref' && typeof each === 'string' && each.startsWith(from)
        ? `#/$defs/${definitionsKey}/$defs/${each.slice(from.length)}`
        : inside(each, from),
    ]),
  );
}

function unknownDefinition(
  schema: SourceDocument,
  { path, ref, from }: { readonly path: JsonPath; readonly ref: string; readonly from: string },
  { file, document }: SharedDefinitions,
): Diagnostic {
  const message = `${schema.file} refers to a shared definition that does not exist`;
  const primary = schema.locate(path);
  if (document === undefined) {
    const isInstalled = !file.startsWith('components/');
    const help = isInstalled
      ? `pack ${definitionsFile} with the package: a component that is installed brings its own`
      : `make it: {"$defs": {"${nameIn(ref) || 'NAME'}": {"title": "…", "description": "…"}}}`;
    return diagnostic('load/invalid-schema', { message, primary, note: `there is no ${file}`, help });
  }
  const names = Object.keys(definitionsOf(document)).sort();
  const near = didYouMean(nameIn(ref), names);
  const labels: readonly Label[] = [{ span: document.locate(['$defs'], 'key'), message: 'the definitions there are' }];
  const form = `"${from}#/$defs/NAME"`;
  const help = near ?? (names.length === 0 ? `write ${form}` : `write ${form}; there are ${names.join(', ')}`);
  const note = nameIn(ref) === '' ? 'this names none' : `no definition "${nameIn(ref)}" in ${file}`;
  return diagnostic('load/invalid-schema', { message, primary, note, labels, help });
}

function takenKey(schema: SourceDocument): Diagnostic {
  return diagnostic('load/invalid-schema', {
    message: `${schema.file} has a definition of its own called "${definitionsKey}"`,
    primary: schema.locate(['$defs', definitionsKey], 'key'),
    note: 'what all components share is put under this name',
    help: 'rename it',
  });
}
