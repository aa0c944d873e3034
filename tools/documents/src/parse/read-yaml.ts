import { type ParsedNode, parseAllDocuments } from 'yaml';
import { convertNode, fewerLevels, YamlRefusal } from './convert-node.ts';
import { findUnprintable } from './printable-text.ts';
import type { YamlContent, YamlDocument, YamlFault, YamlReading } from './yaml-document.ts';
import { yamlHelp } from './yaml-help.ts';

/**
 * Reads a YAML 1.2 text of any number of documents (https://yaml.org/spec/1.2.2/, core schema). Aliases are expanded
 * within a bound; a key twice, a key that is no scalar and nesting without end are faults. In a text of ours a plain scalar that Helm
 * or kustomize reads as another value is a fault, too; a text for kustomize is read as it does, merge keys included (docs/decisions/0021).
 */
export function readYaml(text: string, reading: YamlReading = 'ours'): YamlContent {
  const unprintable = findUnprintable(text);
  if (unprintable !== undefined) {
    const { offset, name, help } = unprintable;
    const message = `the character ${name} cannot stand in YAML`;
    return { documents: [], faults: [{ message, help, start: offset, end: offset + 1 }] };
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
      if (document.errors.length === 0 && document.contents !== null) {
        const found = convertNode(document.contents as ParsedNode, reading);
        if (found.document.value !== null) documents.push(found.document);
        faults.push(...found.faults);
      }
    }
  } catch (error) {
    if (error instanceof YamlRefusal) faults.push(error.fault);
    else if (error instanceof RangeError)
      faults.push({ message: 'it nests too deep', help: fewerLevels, start: 0, end: 1 });
    else throw error;
  }
  return { documents: faults.length > 0 ? [] : documents, faults };
}
