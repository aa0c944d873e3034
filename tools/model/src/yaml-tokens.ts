import { Lexer, Parser } from 'yaml';

/** How deep maps and lists may nest. Kubernetes objects stay below 30. */
export const maxDepth = 100;

/** Thrown out of {@link yamlTokens} as soon as nesting passes {@link maxDepth}, before anything recursive sees it. */
export class TooDeep extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super('nested too deep');
    this.offset = offset;
  }
}

/** The concrete syntax of a YAML text. The parser keeps one stack entry or two for each level. */
export function* yamlTokens(text: string, onNewLine: (offset: number) => void) {
  const parser = new Parser();
  onNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) onNewLine(at + 1);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > 2 * maxDepth) throw new TooDeep(parser.offset);
  }
  yield* parser.end();
}
