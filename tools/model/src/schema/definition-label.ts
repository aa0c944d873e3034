import type { Label } from '@fluxwright/diagnostics';
import type { JsonPath, JsonValue, SourceDocument } from '@fluxwright/documents';
import { allInPlace, appliedToChild, isObject, reach, referredSchema, valueAt } from '@fluxwright/documents';
import { definitionsKey, isShared, referencesIn } from './schema-references.ts';

const prefix = `#/$defs/${definitionsKey}/$defs/`;

/**
 * For a rule at `schemaPath` that stands in a shared definition: where the component's own schema refers to it, on the way
 * to the value at `path` where that is known. [] for a rule of the schema itself.
 */
export function definitionLabels(schema: SourceDocument, schemaPath: JsonPath, path?: JsonPath): readonly Label[] {
  if (!isShared(schemaPath)) return [];
  const own = referencesIn(schema.value).filter((each) => !isShared(each.path) && each.ref.startsWith(prefix));
  const onWay = path === undefined ? undefined : lastReference(schema.value, path);
  const found =
    (onWay === undefined ? undefined : own.find((each) => valueAt(schema.value, each.path.slice(0, -1)) === onWay)) ??
    own.find(({ ref }) => leadsTo(schema.value, ref, String(schemaPath[3])));
  return found === undefined ? [] : [{ span: schema.locate(found.path), message: 'the component takes it here' }];
}

/** The last schema on the way to a value that refers to a shared definition from outside of all of them. */
function lastReference(root: JsonValue, path: JsonPath): JsonValue | undefined {
  let schemas: readonly (typeof root)[] = [root];
  let found: JsonValue | undefined;
  const shared = isObject(root) && isObject(root.$defs) ? root.$defs[definitionsKey] : undefined;
  const below = new Set(everything(shared ?? null));
  for (const step of [...path, undefined]) {
    const all = [...allInPlace(schemas.filter(isObject), root)];
    found =
      all.find((each) => !below.has(each) && typeof each.$ref === 'string' && each.$ref.startsWith(prefix)) ?? found;
    if (step === undefined) break;
    schemas = all.flatMap((each) => appliedToChild(each, step));
  }
  return found;
}

function everything(value: JsonValue): readonly JsonValue[] {
  if (value === null || typeof value !== 'object') return [];
  return [value, ...Object.values(value).flatMap(everything)];
}

/** Whether a reference names a definition, or one that refers to it, however far. */
function leadsTo(root: JsonValue, ref: string, name: string): boolean {
  const next = (each: string) => referencesIn(referredSchema(each, root) ?? null).map((reference) => reference.ref);
  return reach([ref], next).has(`${prefix}${name}`);
}
