import { type Diagnostic, diagnostic, type Span } from '@fluxwright/diagnostics';
import type { ChartLibrary } from './chart-library.ts';

/** Something at hand whose bytes are not those of the lock. */
export interface OtherBytes {
  /** True where it is not looked into. */
  readonly isRefused: boolean;
  readonly diagnostic: Diagnostic;
}

/**
 * Holds a chart or source at hand against the lock. In the folder of the workspace other bytes are refused: nobody knows what they
 * prove. Those of a folder that somebody names for one run are meant, and said (docs/decisions/0077). Undefined where they
 * are the lock's, or the lock says nothing of it.
 *
 * @param file where it lies, and the digest that it has, `sha256:…`
 * @param meant the digest of the lock
 * @param span the line of component.yaml that asks for it
 */
export function otherBytes(
  { isOwn, folder }: Pick<ChartLibrary, 'isOwn' | 'folder'>,
  { file, digest }: { readonly file: string; readonly digest: string },
  { meant, span }: { readonly meant: string | undefined; readonly span: Span },
): OtherBytes | undefined {
  if (meant === undefined || meant === digest) return undefined;
  const note = `${meant} is meant, ${digest} is there`;
  if (!isOwn) {
    const message = `${file} is not what the lock says, and is taken since --charts names its folder`;
    const help = `what is found of it holds for these bytes alone: fetch those of the lock (\`fluxwright charts pull\`), or build without --charts ${folder}`;
    return { isRefused: false, diagnostic: diagnostic('charts/other-bytes', { message, primary: span, note, help }) };
  }
  return {
    isRefused: true,
    diagnostic: diagnostic('charts/wrong-digest', {
      message: `${file} is not what the lock says`,
      primary: span,
      note,
      help: 'remove it and run `fluxwright charts pull` (or `charts vendor`); to take it as it is, remove its entry from charts.lock.yaml and run `fluxwright charts update`',
    }),
  };
}
