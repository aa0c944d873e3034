import { positionAt, type Span } from '@fluxwright/diagnostics';

/** A stretch of the template's text: offsets of its first character and of the one after its last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What a path starts from. */
export type PathRoot =
  | { readonly kind: 'this' /** How many `../`. */; readonly up: number }
  | { readonly kind: 'root' }
  | { readonly kind: 'loop'; readonly name: 'index' | 'key' | 'first' | 'last'; readonly up: number }
  | { readonly kind: 'parameter'; readonly name: string };

export interface PathExpression {
  readonly type: 'path';
  readonly root: PathRoot;
  readonly keys: readonly string[];
  /** As the author wrote it. */
  readonly text: string;
  readonly range: Range;
}

export interface LiteralExpression {
  readonly type: 'literal';
  readonly value: string | number | boolean | null;
  readonly range: Range;
}

export interface CallExpression {
  readonly type: 'call';
  readonly name: string;
  readonly parameters: readonly Expression[];
  readonly range: Range;
}

export type Expression = PathExpression | LiteralExpression | CallExpression;

export type Statement =
  | { readonly type: 'content'; readonly text: string; readonly range: Range }
  | { readonly type: 'print'; readonly expression: Expression; readonly range: Range }
  | {
      readonly type: 'if';
      readonly condition: Expression;
      /** True for `#unless`. */
      readonly negated: boolean;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
      readonly range: Range;
    }
  | ({ readonly type: 'each' } & ScopeBlock)
  | ({ readonly type: 'with' } & ScopeBlock);

/** A block that gives its body another `this`. */
interface ScopeBlock {
  readonly subject: Expression;
  /** Names after `as |…|`: value, then index or key. */
  readonly parameters: readonly string[];
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
  readonly range: Range;
}

/** A template that parsed: the closed part of the Handlebars language that Fluxwright knows (docs/decisions/0004). */
export interface Template {
  /** From the workspace root. */
  readonly file: string;
  readonly text: string;
  readonly lines: readonly number[];
  readonly body: readonly Statement[];
}

/** The place of a stretch of a template. */
export function templateSpan(template: Pick<Template, 'file' | 'lines'>, range: Range): Span {
  return {
    file: template.file,
    start: positionAt(template.lines, range.start),
    end: positionAt(template.lines, range.end),
  };
}
