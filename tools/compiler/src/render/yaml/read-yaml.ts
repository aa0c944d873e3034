import { findUnprintable, unprintableHelp, yamlHelp } from '@fluxwright/model';
import { type Document, type ParsedNode, parseAllDocuments } from 'yaml';
import { convertNode, fewerLevels, YamlRefusal } from './convert-node.ts';
import type { YamlContent, YamlDocument, YamlFault } from './yaml-document.ts';

/**
 * Reads a YAML 1.2 text of any number of documents (https://yaml.org/spec/1.2.2/, core schema). Aliases are expanded
 * within a bound; a key twice, a key that is no scalar and nesting without end are faults.
 */
export function readYaml(text: string): YamlContent {
  const unprintable = findUnprintable(text);
  if (unprintable !== undefined) {
    const { offset, name } = unprintable;
    const message = `the character ${name} cannot stand in YAML`;
    return { documents: [], faults: [{ message, help: unprintableHelp, start: offset, end: offset + 1 }] };
  }
  const documents: YamlDocument[] = [];
  const faults: YamlFault[] = [];
  try {
    for (const document of parseAllDocuments(text, { prettyErrors: false, stringKeys: false })) {
      faults.push(
        ...document.errors.map(({ code, message, pos }) => ({
          message,
          help: yamlHelp(code),
          start: pos[0],
          end: pos[1],
        })),
      );
      if (document.errors.length === 0 && document.contents !== null) collect(document, documents);
    }
  } catch (error) {
    if (error instanceof YamlRefusal) faults.push(error.fault);
    else if (error instanceof RangeError)
      faults.push({ message: 'it nests too deep', help: fewerLevels, start: 0, end: 1 });
    else throw error;
  }
  return { documents: faults.length > 0 ? [] : documents, faults };
}

function collect(document: Document.Parsed, documents: YamlDocument[]): void {
  const found = convertNode(document.contents as ParsedNode);
  if (found.value !== null) documents.push(found);
}
