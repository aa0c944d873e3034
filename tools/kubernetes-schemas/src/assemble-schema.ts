import type { Json, JsonSchema } from './json-schema.ts';

const PREFIX = '#/definitions/';

/** The schema with the definitions that it reaches, and no others: it refers to nothing outside itself. */
export function assembleSchema(root: JsonSchema, definitions: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const reached = new Set<string>();
  const queue: Json[] = [root];
  while (queue.length > 0) {
    const { references, others } = insideOf(queue.pop() as Json);
    queue.push(...others);
    for (const name of references) {
      const definition = definitions[name];
      if (definition === undefined) throw new Error(`no definition ${name}`);
      if (!reached.has(name)) queue.push(definition);
      reached.add(name);
    }
  }
  const closure = Object.fromEntries([...reached].sort().map((name) => [name, definitions[name] as JsonSchema]));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...root,
    ...(reached.size > 0 ? { definitions: closure } : {}),
  };
}

/** Names of the definitions that a node refers to itself, and what else it holds. */
function insideOf(node: Json): { readonly references: readonly string[]; readonly others: readonly Json[] } {
  if (typeof node !== 'object' || node === null) return { references: [], others: [] };
  const [references, others]: [string[], Json[]] = [[], []];
  for (const [key, value] of Object.entries(node)) {
    if (key === '$ref' && typeof value === 'string') references.push(value.slice(PREFIX.length));
    else others.push(value);
  }
  return { references, others };
}
