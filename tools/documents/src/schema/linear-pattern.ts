import { createRequire } from 'node:module';
import { memoText } from '../memo/memo.ts';

/** What a pattern is asked. */
export interface LinearPattern {
  /** Whether it fits some part of a text. */
  test(text: string): boolean;
}

/** Loaded with the first pattern: Nx asks for the graph on every command and checks no value. */
const require = createRequire(import.meta.url);

/**
 * The pattern of a schema, matched in time that is linear in the text whatever the pattern: by RE2's algorithm and syntax
 * (https://github.com/google/re2/wiki/Syntax), which are those of Go and so of Kubernetes and Helm. It has no
 * look-around and no reference back. @throws Error for what is no such pattern.
 */
export const linearPattern = memoText(compile);

function compile(source: string): LinearPattern {
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source));
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    throw new Error(
      `the regular expression ${JSON.stringify(source)} is none that RE2, which Go and Kubernetes use, takes: ${said}`,
    );
  }
}
