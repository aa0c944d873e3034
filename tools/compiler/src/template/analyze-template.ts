import type { Diagnostic } from '@fluxwright/diagnostics';
import { diagnostic } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import { byKey } from '@fluxwright/documents';
import { helpForUnknown } from './help-for-unknown.ts';
import { anyShape, leafShape, mapShape, type Shape } from './shape.ts';
import {
  type Expression,
  type PathExpression,
  type Range,
  type Statement,
  type Template,
  templateSpan,
} from './template.ts';
import { type ContextRoot, eachRoot, type RootName, type Roots } from './template-context.ts';

/** What a template can see and do, known without running it. */
export interface TemplateAnalysis {
  /** Context paths it may read, none below another, sorted; never too few. [] as a path is the whole context. */
  readonly reads: readonly JsonPath[];
  /** Components it asks for with `has`; `*` where the name is computed. */
  readonly components: readonly string[];
  /** Capabilities it asks for; `*` where the name is computed. */
  readonly capabilities: readonly string[];
  /** Names that cannot exist, in branches that are not taken too. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A value as far as it is known before the run. */
interface Sketch {
  /** Places in the context that it, or what holds it, may come from. */
  readonly paths: readonly JsonPath[];
  /** True where the value is somewhere below `paths`, or made of them. */
  readonly isInside: boolean;
  readonly shape: Shape;
  readonly text: string;
}

interface Scope {
  readonly value: Sketch;
  readonly outer?: Scope;
  readonly parameters: ReadonlyMap<string, Sketch>;
}

interface Analysis {
  readonly template: Template;
  readonly roots: Roots<Omit<ContextRoot, 'value'>>;
  readonly reads: JsonPath[];
  readonly asked: { readonly has: Set<string>; readonly capability: Set<string> };
  readonly diagnostics: Diagnostic[];
}

/** Walks every branch of a template with the shapes of its context. */
export function analyzeTemplate(template: Template, roots: Analysis['roots']): TemplateAnalysis {
  const asked = { has: new Set<string>(), capability: new Set<string>() };
  const analysis: Analysis = { template, roots, reads: [], asked, diagnostics: [] };
  walk(analysis, { value: rootSketch(analysis), parameters: new Map() }, template.body);
  return {
    reads: outermost(analysis.reads),
    components: [...asked.has].sort(),
    capabilities: [...asked.capability].sort(),
    diagnostics: analysis.diagnostics,
  };
}

function rootSketch({ roots }: Analysis): Sketch {
  const shape = mapShape(eachRoot(roots, (root) => root.shape));
  return { paths: [[]], isInside: false, shape, text: '' };
}

function walk(analysis: Analysis, scope: Scope, statements: readonly Statement[]): void {
  for (const statement of statements) {
    switch (statement.type) {
      case 'content':
        break;
      case 'print':
        use(analysis, scope, statement.expression);
        break;
      case 'if':
        use(analysis, scope, statement.condition);
        walk(analysis, scope, statement.body);
        walk(analysis, scope, statement.otherwise);
        break;
      default:
        walkBlock(analysis, scope, statement);
    }
  }
}

function walkBlock(analysis: Analysis, scope: Scope, statement: Extract<Statement, { type: 'each' | 'with' }>): void {
  const subject = use(analysis, scope, statement.subject);
  const value = statement.type === 'with' ? subject : itemOf(subject);
  const key: Sketch = { ...subject, isInside: true, shape: leafShape };
  const bound = statement.parameters.map((name, at) => [name, at === 0 ? value : key] as const);
  const parameters = bound.length === 0 ? scope.parameters : new Map([...scope.parameters, ...bound]);
  walk(analysis, { value, outer: scope, parameters }, statement.body);
  walk(analysis, scope, statement.otherwise);
}

/** Any item of a list or map: its shape is known only where all items share one. */
function itemOf(list: Sketch): Sketch {
  const shape = list.shape.keys().length > 0 ? anyShape : (list.shape.child(0) ?? anyShape);
  return { ...list, isInside: true, shape, text: `${list.text}.*` };
}

/** Evaluates an expression as a sketch and notes what it reads. */
function use(analysis: Analysis, scope: Scope, expression: Expression): Sketch {
  if (expression.type === 'literal') return { paths: [], isInside: true, shape: anyShape, text: '' };
  if (expression.type === 'path') {
    const sketch = follow(analysis, scope, expression);
    analysis.reads.push(...sketch.paths);
    return sketch;
  }
  const parameters = expression.parameters.map((each) => use(analysis, scope, each));
  if (expression.name === 'has' || expression.name === 'capability') {
    const [first] = expression.parameters;
    analysis.asked[expression.name].add(first?.type === 'literal' ? String(first.value) : '*');
  }
  return { paths: parameters.flatMap((each) => each.paths), isInside: true, shape: anyShape, text: '' };
}

function follow(analysis: Analysis, scope: Scope, path: PathExpression): Sketch {
  let at = startOf(analysis, scope, path);
  for (const key of path.keys) {
    const shape = at.shape.child(key);
    if (shape === undefined) {
      reportUnknown(analysis, path.range, { holder: at, key });
      return { ...at, isInside: true, shape: anyShape };
    }
    const paths = at.isInside ? at.paths : at.paths.map((each) => [...each, key]);
    at = { ...at, paths, shape, text: at.text === '' ? key : `${at.text}.${key}` };
  }
  return at;
}

function startOf(analysis: Analysis, scope: Scope, { root }: PathExpression): Sketch {
  if (root.kind === 'root') return rootSketch(analysis);
  const nowhere: Sketch = { paths: [], isInside: true, shape: anyShape, text: '' };
  if (root.kind === 'loop') return nowhere;
  if (root.kind === 'parameter') return scope.parameters.get(root.name) ?? nowhere;
  let at: Scope | undefined = scope;
  for (let step = 0; step < root.up; step += 1) at = at?.outer;
  return at?.value ?? nowhere;
}

function reportUnknown(analysis: Analysis, range: Range, { holder, key }: { holder: Sketch; key: string }): void {
  const name = holder.text === '' ? key : `${holder.text}.${key}`;
  const root = holder.paths[0]?.[0] as RootName | undefined;
  const help = helpForUnknown({ key, shape: holder.shape, root: root && analysis.roots[root] });
  const primary = templateSpan(analysis.template, range);
  analysis.diagnostics.push(diagnostic('render/unknown-value', { message: `there is no "${name}"`, primary, help }));
}

/** Drops paths that lie below another one. */
function outermost(paths: readonly JsonPath[]): readonly JsonPath[] {
  const byText = new Map(paths.map((path) => [JSON.stringify(path), path]));
  const kept = [...byText].filter(
    ([, path]) => !path.some((_, length) => byText.has(JSON.stringify(path.slice(0, length)))),
  );
  return kept.sort(byKey).map(([, path]) => path);
}
