import { lineStarts, positionAt, type Span } from '@fluxwright/diagnostics';
import { isCollection, isMap, isScalar, type Node, parseDocument, visit } from 'yaml';

/** Fields of a kustomization file by what kustomize says when one of them fails; it names no line. */
const fields: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /patch|operation (does not apply|missing)|replace operation|remove operation|add operation/,
    ['patches', 'patchesStrategicMerge', 'patchesJson6902'],
  ],
  [/replacement|nothing selected by/, ['replacements']],
  [
    /a configmap must have|configmap|generator|GeneratorArgs|ConfigMap/i,
    ['configMapGenerator', 'secretGenerator', 'generators'],
  ],
  [/considering field 'spec\/.*image'/, ['images']],
  [/kind should be|Unexpected kind/i, ['kind']],
  [/apiVersion/, ['apiVersion']],
  [/namespace/, ['namespace']],
  [/label|selector/i, ['labels', 'commonLabels']],
  [/annotation/i, ['commonAnnotations']],
  [/accumulating|resource|already registered id/, ['resources', 'bases', 'components']],
];

/**
 * The place in a kustomization file that a message of kustomize is about: the line that it says, the key or file that it
 * names, else the field that it comes from, else where the file begins.
 */
export function placeInKustomization(text: string, message: string, { file }: Span): Span {
  const lines = lineStarts(text);
  const document = parseDocument(text, { uniqueKeys: false });
  const at = (start: number, end: number): Span => {
    const from = positionAt(lines, start);
    const to = positionAt(lines, Math.max(end, start + 1));
    return { file, start: from, ...(to.line === from.line ? { end: to } : {}) };
  };
  const said = Number(/yaml: line (\d+)/.exec(message)?.[1] ?? 0);
  if (said > 0 && said <= lines.length) return { file, start: { line: said, column: 1 } };
  const named = (wanted: (node: { value: unknown }, isKey: boolean) => boolean): Span | undefined => {
    let found: Span | undefined;
    visit(document, {
      Scalar: (key, node) => {
        if (!wanted(node, key === 'key')) return undefined;
        found = at(node.range?.[0] ?? 0, node.range?.[1] ?? 1);
        return visit.BREAK;
      },
    });
    return found;
  };
  const quoted = /unknown field "((?:[^"\\]|\\.)*)"/.exec(message)?.[1];
  const key = quoted === undefined ? /Go struct field (?:\w+\.)*(\w+)/.exec(message)?.[1] : unquote(quoted);
  const opened = /(?:path\(|open |path ')([^\s):']+)/.exec(message)?.[1];
  const candidates = [
    key === undefined ? undefined : named(({ value }, isKey) => isKey && value === key),
    opened === undefined ? undefined : named(({ value }, isKey) => !isKey && String(value).includes(opened)),
    ...fields
      .filter(([words]) => words.test(message))
      .flatMap(([, names]) => names)
      .map((name) => topLevel(document.contents, name)?.range)
      .map((range) => range && at(range[0], range[1])),
  ];
  const start = document.contents?.range?.[0] ?? 0;
  return candidates.find((each) => each !== undefined) ?? at(start, start + 1);
}

function topLevel(contents: unknown, name: string): Node | undefined {
  if (!isCollection(contents) || !isMap(contents)) return undefined;
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === name);
  return pair?.key as Node | undefined;
}

function unquote(text: string): string {
  try {
    return JSON.parse(`"${text}"`);
  } catch {
    return text;
  }
}
