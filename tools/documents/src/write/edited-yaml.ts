import { type Document, parseDocument } from 'yaml';
import { quoting } from '../parse/quoting.ts';

/**
 * A text of YAML with one change made by a program: comments and order stay, lines are not folded, and lists and maps in
 * one line keep the spaces inside their brackets, or are without, as most of the text has it. `undefined` where the text
 * is not valid YAML.
 */
export function editedYaml(text: string, edit: (document: Document) => void): string | undefined {
  const document = parseDocument(text, { compat: quoting });
  if (document.errors.length > 0) return undefined;
  edit(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: isPadded(text) });
}

function isPadded(text: string): boolean {
  const padded = text.match(/(?:^|[:,-] )[[{] /gm)?.length ?? 0;
  const tight = text.match(/(?:^|[:,-] )[[{](?![ \n\]}])/gm)?.length ?? 0;
  return padded > tight;
}
