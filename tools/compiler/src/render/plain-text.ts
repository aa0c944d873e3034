import { plainTemplate } from '../template/parse-template.ts';
import type { TracedText } from './trace-rendering.ts';

/** A file that no template wrote, as a rendering of itself. */
export function plainText({ file, text }: { readonly file: string; readonly text: string }): TracedText {
  const piece = { start: 0, source: { start: 0, end: text.length }, type: 'content', reads: [] } as const;
  return { template: plainTemplate(file, text), pieces: [piece] };
}
