import { type CST, Lexer, Parser } from 'yaml';

/** How deep maps and lists may nest. Kubernetes objects stay below 30. */
export const maxDepth = 100;

const maxErrors = 20;

/** Thrown out of {@link yamlTokens} as soon as nesting passes {@link maxDepth}, before anything recursive sees it. */
export class TooDeep extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super('nested too deep');
    this.offset = offset;
  }
}

/** The concrete syntax of a YAML text. The parser keeps one stack entry or two for each level. */
export function* yamlTokens(text: string): Generator<CST.Token, void> {
  const parser = new Parser();
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      yield token;
      if (token.type === 'error') errors += 1;
    }
    // What follows so many faults is no YAML either, and composing them takes quadratic time.
    if (errors > maxErrors) return;
    if (parser.stack.length > 2 * maxDepth) throw new TooDeep(parser.offset);
  }
  yield* parser.end();
}
