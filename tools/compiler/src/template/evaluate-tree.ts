import type { Diagnostic, Span } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, type JsonPath, type JsonValue } from '@fluxwright/documents';
import { isUnset, type TextView, valueIn } from './text-in-context.ts';

/** A map of a component.yaml whose texts were evaluated. */
export interface EvaluatedTree {
  readonly value: JsonObject;
  readonly diagnostics: readonly Diagnostic[];
  /** By path as JSON: the lines behind each text that has any. */
  readonly origins: ReadonlyMap<string, readonly Span[]>;
  /** Context paths that its texts read, each with the line of the text. */
  readonly reads: readonly { readonly read: JsonPath; readonly span: Span }[];
}

/** Evaluates the texts of a map at `path` of a component.yaml; a key whose text has no value because it is not set is left out. */
export function evaluateTree(
  tree: JsonObject,
  { view, path }: { readonly view: TextView; readonly path: JsonPath },
): EvaluatedTree {
  const diagnostics: Diagnostic[] = [];
  const origins = new Map<string, readonly Span[]>();
  const reads: { read: JsonPath; span: Span }[] = [];
  const walk = (value: JsonValue, at: JsonPath): JsonValue | undefined => {
    if (Array.isArray(value)) return value.flatMap((each: JsonValue, index) => walk(each, [...at, index]) ?? []);
    if (isObject(value)) {
      return Object.fromEntries(
        Object.entries(value).flatMap(([key, each]) => {
          const made = walk(each, [...at, key]);
          return made === undefined ? [] : [[key, made]];
        }),
      );
    }
    if (typeof value !== 'string' || !value.includes('{{')) return value;
    const found = valueIn(view, { path: [...path, ...at], said: value });
    if (found.value === undefined) {
      if (!isUnset(found)) diagnostics.push(...found.diagnostics);
      return undefined;
    }
    const line = view.component.manifest.locate([...path, ...at]);
    origins.set(JSON.stringify(at), [...found.value.layers, line]);
    reads.push(...found.value.reads.map((read) => ({ read, span: line })));
    return found.value.value;
  };
  return { value: walk(tree, []) as JsonObject, diagnostics, origins, reads };
}

/** The lines behind what stands at a path, or around it; undefined where no text that was evaluated does. */
export function originsIn({ origins }: EvaluatedTree, path: JsonPath): readonly Span[] | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const found = origins.get(JSON.stringify(path.slice(0, length)));
    if (found !== undefined) return found;
  }
  return undefined;
}
