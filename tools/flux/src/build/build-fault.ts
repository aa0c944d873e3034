import { posix } from 'node:path';
import { type Diagnostic, diagnostic, type Span } from '@fluxwright/diagnostics';
import { RenderError } from 'flux-render-wasm';
import { engineLimit } from './engine-limit.ts';
import { placeInKustomization } from './place-in-kustomization.ts';

/** A file that kustomize read: where its text comes from, and the text where somebody wrote it by hand. */
export interface BuildSource {
  readonly span: Span;
  readonly text?: string;
}

/** What kustomize says of a folder that it cannot build. Anything but a fault of the folder is thrown on. */
export function buildFault(error: unknown, sourceOf: (path: string) => BuildSource): Diagnostic {
  const limit = engineLimit(error);
  if (limit !== undefined) {
    const { span } = sourceOf('');
    return diagnostic('render/invalid-kustomization', {
      message: `kustomize cannot build ${posix.dirname(span.file)}: ${limit}`,
      primary: span,
      help: 'let it build less: split the folder, or take large files and patches out of it',
    });
  }
  if (!(error instanceof RenderError)) throw error;
  const { message, file = '' } = error.fault;
  const outer = sourceOf(file);
  const inner = sourceOf(innermostFile(message, file));
  const { span, text } = inner.text === undefined ? outer : inner;
  const cause = readable(message);
  const line = Number(/yaml: line (\d+):/.exec(message)?.[1] ?? error.fault.line ?? 0);
  const isInner = inner.text !== undefined && span.file !== outer.span.file;
  const folder = posix.dirname(/couldn't make target for path/.test(message) ? span.file : outer.span.file);
  const primary =
    line > 0 && isInner
      ? { file: span.file, start: { line, column: 1 } }
      : text === undefined
        ? span
        : placeInKustomization(text, message, span);
  return diagnostic('render/invalid-kustomization', {
    message: `kustomize cannot build ${folder}: ${cause}`,
    primary,
    help: 'kustomize-controller would say the same; the fields are described at https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/',
  });
}

/** kustomize names the files it went through, each from the folder of the one before. */
function innermostFile(message: string, file: string): string {
  const target = /couldn't make target for path '([^']+)'/.exec(message)?.[1];
  if (target !== undefined) return target;
  const within = /in File: (\S+)/.exec(message)?.[1];
  const steps = [
    ...message.matchAll(/(?:accumulating resources from|recursed (?:accumulation of|merging from) path) '([^']+)'/g),
  ];
  // What it tried first is said once for a file and once more for a folder of that name.
  const names = steps.map(([, name]) => name as string).filter((name, index, all) => name !== all[index - 1]);
  let at = posix.dirname(file);
  for (const name of [...names, ...(within === undefined || names.at(-1) === within ? [] : [within])])
    at = posix.join(/\.\w+$/.test(at) ? posix.dirname(at) : at, name);
  return names.length === 0 && within === undefined ? file : at;
}

/** kustomize says what it tried last after what went wrong first, and shows its own configuration between. */
function readable(message: string): string {
  return message
    .replace(/^accumulating resources: /, '')
    .replace(/^accumulation err='(.*?)': must build at directory: .*$/s, '$1')
    .replace(/^accumulation err='.*?': couldn't make target for path '[^']+': /s, '')
    .replace(/^accumulation err='.*?': recursed (?:accumulation of|merging from) path '[^']+': /s, '')
    .replace(/^accumulating resources: /, '')
    .replace(/^(?:merging|accumulating) resources from '[^']+': /, '')
    .replace(/^trouble configuring builtin \w+ with config: `[^`]*`: /, '')
    .replace(/^(?:invalid Kustomization: )?(?:error unmarshaling JSON: while decoding JSON: )?json: /, '')
    .replace(/^Failed to read kustomization file under [^\n]*:\n/, '')
    .replace(/ in File: \S+$/, '');
}
