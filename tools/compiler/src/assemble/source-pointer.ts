import type { Span } from '@fluxwright/diagnostics';
import { isObject, type JsonPath, type JsonValue, memo, type SourceDocument } from '@fluxwright/documents';

/** Pointers of a document, by the stretch of text that a value or key takes. */
type Index = ReadonlyMap<string, string>;

const indexOf = memo(makeIndex);

/**
 * Where a span of a YAML or JSON file stands, as `file#/json/pointer` (RFC 6901); the file alone for any other span. A
 * comment or a reordered key moves lines, and no pointer.
 */
export function sourcePointer(documents: ReadonlyMap<string, SourceDocument>, span: Span): string {
  const document = documents.get(span.file);
  if (document === undefined || span.start === undefined) return span.file;
  const pointer = indexOf(document).get(keyOf(span));
  return pointer === undefined ? span.file : `${span.file}#${pointer}`;
}

/** Keys come last: of a value and its key that take the same text there is none. */
function makeIndex(document: SourceDocument): Index {
  const index = new Map<string, string>();
  const add = (path: JsonPath, pointer: string): void => {
    for (const part of ['value', 'key'] as const) {
      const key = keyOf(document.locate(path, part));
      if (!index.has(key)) index.set(key, pointer);
    }
  };
  const visit = (value: JsonValue, path: JsonPath, pointer: string): void => {
    add(path, pointer);
    const entries: readonly (readonly [string | number, JsonValue])[] = Array.isArray(value)
      ? [...value.entries()]
      : isObject(value)
        ? Object.entries(value)
        : [];
    for (const [step, each] of entries) visit(each, [...path, step], `${pointer}/${escaped(step)}`);
  };
  visit(document.value, [], '');
  return index;
}

function escaped(step: string | number): string {
  return String(step).replaceAll('~', '~0').replaceAll('/', '~1');
}

function keyOf({ start, end }: Span): string {
  return `${start?.line}:${start?.column} ${end?.line}:${end?.column}`;
}
