import { isAlias, type ParsedNode, parseAllDocuments } from 'yaml';
import { brokenTextHelp, findUnprintable } from './printable-text.ts';
import type { YamlContent, YamlDocument, YamlFault, YamlReading } from './yaml-document.ts';
import { yamlHelp } from './yaml-help.ts';
import { maxDepth } from './yaml-tokens.ts';
import { maxAliasNodes, type YamlProblem, type YamlReason, yamlValue } from './yaml-value.ts';

const fewerLevels = 'write it with fewer levels: no Kubernetes object needs more than thirty';

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
        const { value, position, problems } = yamlValue(document.contents as ParsedNode, reading);
        const refusal = problems
          .filter(({ reason }) => reason !== 'readings')
          .sort((a, b) => startOf(a) - startOf(b))[0];
        if (refusal !== undefined) {
          faults.push(faultOf(refusal));
          break;
        }
        if (value !== null) documents.push({ value, position });
        faults.push(...problems.map(faultOf));
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    faults.push({ message: 'it nests too deep', help: fewerLevels, start: 0, end: 1 });
  }
  return { documents: faults.length > 0 ? [] : documents, faults };
}

/** What a rendered text is told, since it has no file of its own that messages could name. */
const words: Readonly<Record<Exclude<YamlReason, 'readings'>, (told: YamlProblem) => readonly [string, string]>> = {
  twice: ({ message }) => [`the key "${message}" is there twice`, yamlHelp('DUPLICATE_KEY')],
  'self-alias': early,
  'unknown-alias': early,
  'many-aliases': () => [`aliases make more than ${maxAliasNodes} nodes`, yamlHelp('RESOURCE_EXHAUSTION')],
  depth: () => [`it nests deeper than ${maxDepth}`, fewerLevels],
  key: () => ['a key must be plain text', yamlHelp('NON_STRING_KEY')],
  merge: () => ['merge keys (<<) are not YAML 1.2', 'write the keys out'],
  tag: () => ['the value has a tag that is no plain data', yamlHelp('TAG_RESOLVE_FAILED')],
  surrogate: () => ['it has half of a surrogate pair', brokenTextHelp],
  number: () => ['the number cannot be kept exactly', 'quote it if it is text'],
};

function early({ node }: YamlProblem): readonly [string, string] {
  return [`*${isAlias(node) ? node.source : ''} stands before its anchor`, yamlHelp('BAD_ALIAS')];
}

function faultOf(problem: YamlProblem): YamlFault {
  const { reason, message: note, help: advice = '', node } = problem;
  const [start, end] = node.range ?? [0, 1];
  if (reason === 'readings') return { message: note, help: advice, ambiguous: true, start, end };
  const [message, help] = words[reason](problem);
  return { message, help, start, end };
}

function startOf({ node }: YamlProblem): number {
  return node.range?.[0] ?? 0;
}
