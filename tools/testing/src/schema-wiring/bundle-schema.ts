import { isObject, type JsonObject, type JsonValue } from '@fluxwright/documents';

/**
 * A schema with those it refers to by file name put below its $defs, under that name, so that each reference is one into the
 * schema itself.
 */
export function bundleSchema(schema: JsonObject, others: Readonly<Record<string, JsonObject>>): JsonObject {
  const taken = Object.entries(others).map(([file, other]) => [file, moved(other, `#/$defs/${file}/`)]);
  const own = moved(schema, '#/') as JsonObject;
  return { ...own, $defs: { ...(isObject(own.$defs) ? own.$defs : {}), ...Object.fromEntries(taken) } };
}

/** The schema with references into itself beginning with `root`, and those into others as {@link bundleSchema} puts them. */
function moved(node: JsonValue, root: string): JsonValue {
  if (Array.isArray(node)) return node.map((each) => moved(each as JsonValue, root));
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? reference(value, root) : moved(value as JsonValue, root),
    ]),
  );
}

function reference(value: string, root: string): string {
  const [file = '', pointer = ''] = value.split('#/');
  return file === '' ? `${root}${pointer}` : `#/$defs/${file}/${pointer}`;
}
