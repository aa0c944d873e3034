import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

/** A JSON Schema: its text, its bytes or the parsed object. */
export type SchemaDocument = string | Uint8Array | object;

/** Gives the schema document at a path (a schema location with its fields filled in), or undefined where there is none. */
export type SchemaReader = (path: string) => SchemaDocument | undefined | Promise<SchemaDocument | undefined>;

/** Where schemas come from: memory by path, a local folder, or a function, asked when a worker first meets a kind. */
export type SchemaSource =
  | ReadonlyMap<string, SchemaDocument>
  | Readonly<Record<string, SchemaDocument>>
  | { readonly folder: string }
  | SchemaReader;

const encoder = new TextEncoder();

/** One way to read any source: the bytes of the document at a path, undefined where there is none. */
export function schemaReader(source: SchemaSource): (path: string) => Promise<Uint8Array | undefined> {
  const read = readerOf(source);
  return async (path) => {
    const document = await read(path);
    if (document === undefined || document instanceof Uint8Array) return document;
    return encoder.encode(typeof document === 'string' ? document : JSON.stringify(document));
  };
}

function readerOf(source: SchemaSource): SchemaReader {
  if (typeof source === 'function') return source;
  if (source instanceof Map) return (path) => source.get(path);
  const { folder } = source as { folder?: unknown };
  if (typeof folder === 'string' && Object.keys(source).length === 1) return folderReader(folder);
  const documents = source as Readonly<Record<string, SchemaDocument>>;
  return (path) => (Object.hasOwn(documents, path) ? documents[path] : undefined);
}

/** Kinds are other people's input: a path that leaves the folder, also by a link, has no schema. */
function folderReader(folder: string): SchemaReader {
  return async (path) => {
    const file = join(folder, path);
    if (path.includes('\0') || !inside(folder, file)) return undefined;
    try {
      return inside(await realpath(folder), await realpath(file)) ? await readFile(file) : undefined;
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
      throw cause;
    }
  };
}

function inside(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
