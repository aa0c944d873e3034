import { isObject, type JsonObject, type JsonValue } from '@fluxwright/documents';
import type { Pair, PairPart } from '@fluxwright/model';
import type { RootShape } from './context-shapes.ts';
import { leafShape, mapShape, type Shape } from './shape.ts';
import type { ContextRoot, TemplateContext } from './template-context.ts';

/** What templates see of one half of a pair. */
export interface PairHalf extends PairPart {
  /** What it tells the other half. */
  readonly exchange: JsonObject;
  /** Name of the entry that it puts into the store of the other cluster. */
  readonly trust?: string;
}

/** What templates see of a pair, from one side of it. */
export interface PairView {
  /** Equal on both sides, and unique among their pairs. */
  readonly key: string;
  readonly strategy: string;
  readonly way: string;
  readonly own: PairHalf;
  readonly peer: PairHalf & { readonly name: string };
  readonly token?: string;
}

/** The root `pair` of templates that something is paired by: null where the cluster has no other one. */
export function pairShape({ exchange = {} }: Pair): RootShape {
  const half = {
    role: leafShape,
    copies: leafShape,
    handsOver: leafShape,
    trust: leafShape,
    exchange: exchangeShape(exchange as JsonObject),
  };
  return {
    shape: mapShape({
      ...half,
      key: leafShape,
      strategy: leafShape,
      way: leafShape,
      token: leafShape,
      peer: mapShape({ ...half, name: leafShape }),
    }),
    declaredBy: 'pair says in exchange what each half tells the other',
    setBy: 'let the cluster have a peer that has its other half, and write {{#if pair}} around it',
  };
}

export function pairRoot(pair: Pair, view: PairView | undefined): ContextRoot {
  return { ...pairShape(pair), value: view === undefined ? null : rootValue(view) };
}

/** A context with the root `pair`. */
export function withPair(context: TemplateContext, pair: Pair, view: PairView): TemplateContext {
  return { ...context, roots: { ...context.roots, pair: pairRoot(pair, view) } };
}

function rootValue({ key, strategy, way, own, peer, token }: PairView): JsonValue {
  const half = ({ trust, ...all }: PairHalf): JsonObject => ({ ...all, trust: trust ?? null });
  return { key, strategy, way, ...half(own), peer: { ...half(peer), name: peer.name }, token: token ?? null };
}

/** What a half tells, in one map: its entry in the store of the other cluster stands beside its exchange. */
export function toldBy({ exchange = {}, trust }: Pair): JsonObject {
  return { exchange, ...(trust && { trust: { entry: trust.entry } }) } as JsonObject;
}

/** {@link toldBy}, evaluated. */
export function halfOf({ role, copies, handsOver }: PairPart, told: JsonObject): PairHalf {
  const { exchange, trust } = told;
  const entry = isObject(trust) ? trust.entry : undefined;
  return {
    role,
    copies,
    handsOver,
    exchange: isObject(exchange) ? exchange : {},
    ...(typeof entry === 'string' && { trust: entry }),
  };
}

function exchangeShape(told: JsonValue): Shape {
  return isObject(told)
    ? mapShape(Object.fromEntries(Object.entries(told).map(([key, each]) => [key, exchangeShape(each)])))
    : leafShape;
}
