import { didYouMean } from '@fluxwright/diagnostics';
import { isObject, referredSchema } from '@fluxwright/documents';
import type { JsonSchema } from '@fluxwright/kubernetes-schemas';
import { type ASTNode, parse } from '@marcbachmann/cel-js';

/** The names that an expression can begin with, each with the schema of what it is, or undefined where that is not known. */
export type ExpressionNames = ReadonlyMap<string, Typed | undefined>;

/** A schema and the document its references are in. */
export interface Typed {
  readonly schema: JsonSchema;
  readonly root: JsonSchema;
}

/** What is wrong with an expression, in words for people; a close name where there is one. */
export interface ExpressionFault {
  /** What the fault is in: what is no CEL and what begins with an unknown name may be refused before anything is looked at. */
  readonly of: 'syntax' | 'name' | 'field';
  readonly note: string;
  readonly help?: string;
}

/** Macros of CEL whose first argument is a name for each item (https://github.com/google/cel-spec/blob/master/doc/langdef.md#macros). */
const binding = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

/**
 * What keeps a CEL expression from ever giving a value: its syntax, a name it cannot begin with, a field that its kind
 * does not have. Where a schema lets any key through, so does this.
 */
export function expressionFaults(expression: string, names: ExpressionNames): readonly ExpressionFault[] {
  let ast: ASTNode;
  try {
    ast = parse(expression).ast;
  } catch (error) {
    return [
      { of: 'syntax', note: `no CEL: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}` },
    ];
  }
  const faults: ExpressionFault[] = [];
  typeOf(ast, names, faults);
  return faults;
}

function typeOf(node: ASTNode, names: ExpressionNames, faults: ExpressionFault[]): Typed | undefined {
  switch (node.op) {
    case 'id': {
      const name = node.args as string;
      if (!names.has(name)) faults.push(withNear('name', `${name} is no name it can begin with`, name, names.keys()));
      return names.get(name);
    }
    case '.':
    case '.?': {
      const [of, field] = node.args as [ASTNode, string];
      return fieldOf(typeOf(of, names, faults), field, faults);
    }
    case '[]':
    case '[?]': {
      const [of, key] = node.args as [ASTNode, ASTNode];
      const base = typeOf(of, names, faults);
      typeOf(key, names, faults);
      return key.op === 'value' && typeof key.args === 'string' ? fieldOf(base, key.args, faults) : itemsOf(base);
    }
    case 'rcall':
      return typeOfCall(node.args as [string, ASTNode, ASTNode[]], names, faults);
    default:
      typeOperands(node, names, faults);
      return undefined;
  }
}

function typeOfCall(
  [name, of, args]: [string, ASTNode, ASTNode[]],
  names: ExpressionNames,
  faults: ExpressionFault[],
): Typed | undefined {
  const base = typeOf(of, names, faults);
  const [bound, ...rest] = args;
  const binds = binding.has(name) && bound?.op === 'id';
  const inside = binds ? new Map([...names, [bound.args as string, itemsOf(base)]]) : names;
  for (const each of binds ? rest : args) typeOf(each, inside, faults);
  return name === 'filter' ? base : undefined;
}

/** Chains of operators are as long as their author likes: they are walked in a loop, and what is in them as it stands. */
function typeOperands(node: ASTNode, names: ExpressionNames, faults: ExpressionFault[]): void {
  const open = [node];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each !== node && typedAlone.has(each.op)) typeOf(each, names, faults);
    else open.push(...nodesIn(each.args).toReversed());
  }
}

/** What typeOf knows more of than what is in it; such nests no deeper than the parser allows. */
const typedAlone = new Set<string>(['id', '.', '.?', '[]', '[?]', 'rcall']);

function nodesIn(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn);
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : [];
}

function fieldOf(of: Typed | undefined, field: string, faults: ExpressionFault[]): Typed | undefined {
  if (of === undefined) return undefined;
  const { properties, additionalProperties } = of.schema;
  const fields = (properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  if (Object.hasOwn(fields, field)) return typed(of.root, fields[field]);
  if (additionalProperties === false)
    faults.push(withNear('field', `there is no field ${field}`, field, Object.keys(fields)));
  return typeof additionalProperties === 'object' ? typed(of.root, additionalProperties as JsonSchema) : undefined;
}

function itemsOf(of: Typed | undefined): Typed | undefined {
  const items = of?.schema.items;
  return of !== undefined && typeof items === 'object' ? typed(of.root, items as JsonSchema) : undefined;
}

/** Follows references; undefined for what says nothing of its fields. */
export function typed(root: JsonSchema, schema: JsonSchema | undefined): Typed | undefined {
  if (typeof schema?.$ref !== 'string') return schema && { schema, root };
  const target = referredSchema(schema.$ref, root);
  return typed(root, isObject(target) ? target : undefined);
}

function withNear(of: ExpressionFault['of'], note: string, name: string, others: Iterable<string>): ExpressionFault {
  const help = didYouMean(name, others);
  return help === undefined ? { of, note } : { of, note, help };
}
