import { posix } from 'node:path';
import { type Diagnostic, diagnostic, type Span } from '@fluxwright/diagnostics';
import { RenderError } from 'flux-render-wasm';

/** What kustomize says of a folder that it cannot build. Anything but a fault of the folder is thrown on. */
export function buildFault(error: unknown, sourceOf: (path: string) => Span): Diagnostic {
  if (!(error instanceof RenderError)) throw error;
  const { message, file = '' } = error.fault;
  const named = /in File: (\S+)$/.exec(message)?.[1] ?? /accumulating resources from '([^']+)'/.exec(message)?.[1];
  const path = named === undefined ? file : posix.join(posix.dirname(file), named);
  const line = Number(/yaml: line (\d+):/.exec(message)?.[1] ?? error.fault.line ?? 0);
  const span = sourceOf(path);
  return diagnostic('render/invalid-kustomization', {
    message: `kustomize cannot build ${posix.dirname(sourceOf(file).file)}: ${readable(message)}`,
    primary: line > 0 && named !== undefined ? { file: span.file, start: { line, column: 1 } } : span,
    help: 'what kustomize-controller builds is what kustomize builds: see https://kubectl.docs.kubernetes.io/references/kustomize/',
  });
}

/** kustomize says what it tried last after what went wrong first. */
function readable(message: string): string {
  return message
    .replace(/^accumulating resources: /, '')
    .replace(/^accumulation err='(.*?)': must build at directory: .*$/s, '$1')
    .replace(/^(?:merging|accumulating) resources from '[^']+': /, '')
    .replace(/ in File: \S+$/, '');
}
