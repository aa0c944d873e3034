import { memo } from '@fluxwright/documents';
import { isSchema, type JsonSchema } from '@fluxwright/kubernetes-schemas';
import { parse } from 'yaml';
import type { SourceFolder } from '../engines/source-folder.ts';

/** A CustomResourceDefinition in a file of a source. It is parsed when somebody asks for it: they are large. */
export interface SourceDefinition {
  /** `<plural>.<group>` */
  readonly name: string;
  /** From the folder of the source. */
  readonly file: string;
  /** Whether it may define this kind: true for the one that does. */
  mayDefine(kind: string): boolean;
  /** Undefined for a text that cannot be read. */
  object(): JsonSchema | undefined;
}

/** The definitions in the files of a source at hand, below a folder of its repository, by their names. Of two with one name the first counts. */
export const sourceDefinitions = memo((source: SourceFolder, path: string): ReadonlyMap<string, SourceDefinition> => {
  const inside = path.replace(/^\.\/+/, '').replace(/\/*$/, '/');
  const found = new Map<string, SourceDefinition>();
  for (const [file, text] of source.texts()) {
    if (inside !== '/' && !file.startsWith(inside)) continue;
    for (const each of definitionsIn(file, text)) if (!found.has(each.name)) found.set(each.name, each);
  }
  return found;
});

function definitionsIn(file: string, text: string): readonly SourceDefinition[] {
  if (!text.includes('CustomResourceDefinition')) return [];
  return text.split(/^---.*$/m).flatMap((document) => {
    if (!/^kind: *"?CustomResourceDefinition"?\s*$/m.test(document)) return [];
    let object: JsonSchema | undefined;
    let isRead = false;
    const read = (): JsonSchema | undefined => {
      if (!isRead) object = parsed(document);
      isRead = true;
      return object;
    };
    const name = nameOf(document) ?? nameIn(read());
    if (name === undefined) return [];
    const mayDefine = (kind: string) => new RegExp(`\\bkind: *"?${kind}\\b`).test(document);
    return [{ name, file, mayDefine, object: read }];
  });
}

/** As controller-gen and every formatter write it: the line below metadata that is indented by two. */
function nameOf(document: string): string | undefined {
  const metadata = /^metadata: *\n((?: .*\n|\n)+)/m.exec(document)?.[1];
  return metadata === undefined ? undefined : /^ {2}name: *"?([a-z0-9.-]+)"?\s*$/m.exec(metadata)?.[1];
}

function nameIn(object: JsonSchema | undefined): string | undefined {
  const metadata = object?.metadata;
  return isSchema(metadata) && typeof metadata.name === 'string' ? metadata.name : undefined;
}

function parsed(document: string): JsonSchema | undefined {
  try {
    const value: unknown = parse(document);
    return isSchema(value as never) ? (value as JsonSchema) : undefined;
  } catch {
    return undefined;
  }
}
