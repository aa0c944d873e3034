import { type Diagnostic, diagnostic, type Span, type Staged } from '@fluxwright/diagnostics';
import type { JsonPath, JsonValue } from '@fluxwright/documents';
import { memo, memoText } from '@fluxwright/documents';
import type { Component } from '@fluxwright/model';
import { parseTemplate } from './parse-template.ts';
import { evaluateTemplate, renderTemplate } from './render-template.ts';
import type { Template } from './template.ts';
import type { TemplateContext } from './template-context.ts';

/** A scalar of a component.yaml; in a text of it `{{ }}` may stand. */
export interface SaidText<Said = string | number | boolean> {
  /** Where it stands in component.yaml. */
  readonly path: JsonPath;
  readonly said: Said;
}

/** What it comes to in a cluster, and the place that decides it: a line of the values' layers, or of component.yaml. */
export interface SaidValue<Value = JsonValue> {
  readonly value: Value;
  readonly span: Span;
  /** The lines of the layers behind it; [] where the manifest says it literally. */
  readonly layers: readonly Span[];
  /** Context paths behind it. */
  readonly reads: readonly JsonPath[];
}

/** Where a text stands, and what it sees. */
export interface TextView {
  /** The component whose manifest says it. */
  readonly component: Component;
  readonly context: TemplateContext;
  /** Lines that decided the context's value at a path. */
  originsOf(path: JsonPath): readonly Span[];
}

/**
 * The value of a text of a component.yaml, where `{{ }}` means what it means in every template of the component
 * (docs/decisions/0004). A text that is one tag, `{{values.x}}`, gives what stands there as it is, be it a number or a list; a text
 * of several parts gives text. Undefined, and the findings of the template at the text, where it cannot be had ({@link isUnset}).
 */
export function valueIn(view: TextView, text: SaidText): Staged<SaidValue | undefined> {
  return evaluated(text, { view, evaluate: typed, plain: (said) => said });
}

/** {@link valueIn} where only text can be: a number becomes its digits, a list or a map is render/wrong-type. */
export function filledIn(view: TextView, text: SaidText): Staged<SaidValue<string> | undefined> {
  return evaluated(text, { view, evaluate: printed, plain: String });
}

/** True where a text has no value only because the values in it, which are declared, are not set in this cluster. */
export function isUnset({ value, diagnostics }: Staged<SaidValue | undefined>): boolean {
  return value === undefined && diagnostics.every(({ code }) => code === 'render/missing-value');
}

interface Evaluated<Value> {
  readonly value: Value;
  readonly reads: readonly JsonPath[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Evaluation<Value> {
  readonly view: TextView;
  /** Of a text with tags. */
  readonly evaluate: (template: Template, context: TemplateContext) => Evaluated<Value>;
  /** Of what has none. */
  readonly plain: (said: string | number | boolean) => Value;
}

/** Texts live as long as their component: all clusters of a run share one parse. */
const parserOf = memo((component: Component) => memoText((text) => parseTemplate(component.manifest.file, text)));

function evaluated<Value>(
  { path, said }: SaidText,
  { view, evaluate, plain }: Evaluation<Value>,
): Staged<SaidValue<Value> | undefined> {
  const { component, context } = view;
  const span = component.manifest.locate(path);
  if (typeof said !== 'string' || !said.includes('{{'))
    return { value: { value: plain(said), span, layers: [], reads: [] }, diagnostics: [] };
  const parsed = parserOf(component)(said);
  if (parsed.diagnostics.length > 0) return { value: undefined, diagnostics: parsed.diagnostics.map(atSpan) };
  const { value, reads, diagnostics } = evaluate(parsed.template, context);
  if (diagnostics.length > 0) return { value: undefined, diagnostics: diagnostics.map(atSpan) };
  const layers = reads.filter(([root]) => placed.has(String(root))).flatMap((read) => view.originsOf(read));
  return { value: { value, span: layers[0] ?? span, layers, reads }, diagnostics: [] };

  /** What a template says of its own text stands somewhere in a line of component.yaml. */
  function atSpan({ code, severity: _, docs: _docs, ...found }: Diagnostic): Diagnostic {
    return diagnostic(code, { ...found, primary: span });
  }
}

/** Roots whose lines say more than the text itself. */
const placed = new Set(['values', 'request', 'item']);

function typed(template: Template, context: TemplateContext): Evaluated<JsonValue> {
  const [first, ...others] = template.body;
  const isOneTag = first?.type === 'print' && others.length === 0;
  return isOneTag ? evaluateTemplate(template, context, first.expression) : printed(template, context);
}

function printed(template: Template, context: TemplateContext): Evaluated<string> {
  const { text, pieces, diagnostics } = renderTemplate(template, context);
  return { value: text, reads: pieces.flatMap(({ reads }) => reads), diagnostics };
}
