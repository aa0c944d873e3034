import { posix } from 'node:path';
import { type Diagnostic, diagnostic, type Span } from '@fluxwright/diagnostics';
import { RenderError } from 'flux-render-wasm';

/** A file that kustomize read: where its text comes from, and the text where somebody wrote it by hand. */
export interface BuildSource {
  readonly span: Span;
  readonly text?: string;
}

/** What kustomize says of a folder that it cannot build. Anything but a fault of the folder is thrown on. */
export function buildFault(error: unknown, sourceOf: (path: string) => BuildSource): Diagnostic {
  if (!(error instanceof RenderError)) throw error;
  const { message, file = '' } = error.fault;
  const named = /in File: (\S+)$/.exec(message)?.[1] ?? /accumulating resources from '([^']+)'/.exec(message)?.[1];
  const target = /couldn't make target for path '([^']+)'/.exec(message)?.[1];
  const path = target ?? (named === undefined ? file : posix.join(posix.dirname(file), named));
  const line = Number(/yaml: line (\d+):/.exec(message)?.[1] ?? error.fault.line ?? 0);
  const { span, text } = sourceOf(path);
  const cause = readable(message);
  const isLine = line > 0 && (named !== undefined || target !== undefined);
  return diagnostic('render/invalid-kustomization', {
    message: `kustomize cannot build ${posix.dirname(target === undefined ? sourceOf(file).span.file : span.file)}: ${cause}`,
    primary: isLine ? { file: span.file, start: { line, column: 1 } } : (placeIn(text, cause, span) ?? span),
    help: 'kustomize-controller would say the same; the fields are described at https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/',
  });
}

/** kustomize says what it tried last after what went wrong first, and shows its own configuration between. */
function readable(message: string): string {
  return message
    .replace(/^accumulating resources: /, '')
    .replace(/^accumulation err='(.*?)': must build at directory: .*$/s, '$1')
    .replace(/^accumulation err='.*?': couldn't make target for path '[^']+': /s, '')
    .replace(/^(?:merging|accumulating) resources from '[^']+': /, '')
    .replace(/^trouble configuring builtin \w+ with config: `[^`]*`: /, '')
    .replace(/^(?:invalid Kustomization: )?(?:error unmarshaling JSON: while decoding JSON: )?json: /, '')
    .replace(/ in File: \S+$/, '');
}

/** Fields of a kustomization file by what kustomize says when one of them fails; it names no line. */
const fields: readonly (readonly [RegExp, readonly string[]])[] = [
  [/patch|operation does not apply/, ['patches', 'patchesStrategicMerge', 'patchesJson6902']],
  [/replacement|nothing selected by/, ['replacements']],
];

/** The line of a kustomization file that a message is about: the field or file it names, else the field that it comes from. */
function placeIn(text: string | undefined, message: string, { file }: Span): Span | undefined {
  if (text === undefined) return undefined;
  const field = /unknown field "([^"]+)"|Go struct field Kustomization\.(\w+)/.exec(message);
  const opened = /(?:path\(|open )([^\s):]+)/.exec(message)?.[1];
  const likely = fields.filter(([said]) => said.test(message)).flatMap(([, names]) => names);
  const names = [field?.[1] ?? field?.[2], opened, ...likely].filter((each) => each !== undefined);
  const lines = text.split('\n');
  for (const name of names) {
    const index = lines.findIndex((line) => (name === opened ? line.includes(name) : line.startsWith(`${name}:`)));
    const column = (lines[index]?.indexOf(name) ?? 0) + 1;
    if (index >= 0)
      return { file, start: { line: index + 1, column }, end: { line: index + 1, column: column + name.length } };
  }
  return undefined;
}
