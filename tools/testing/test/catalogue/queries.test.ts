import path from 'node:path';
import { isObject, type JsonValue } from '@fluxwright/documents';
import { type Component, loadWorkspace } from '@fluxwright/model';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, test } from 'vitest';

// What components ask to be shown and to be called for: queries that Prometheus reads, over metrics that somebody collects.

const root = path.resolve(import.meta.dirname, '../../../..');
const components = [...loadWorkspace(root).value.components.values()];

/** What a collector reads of the nodes by itself, without a request. */
const ofNodes = /^(up|node_.*|kubelet_.*|container_.*|machine_.*)$/;

const queries = components.flatMap((component) =>
  requestsOf(component, ['alert', 'dashboard']).flatMap((asked) =>
    [...itemsOf(asked.rules), ...itemsOf(asked.panels)].flatMap(({ alert, title, expr, query, type }) => {
      const text = expr ?? query;
      // Lines are asked for in another language, and what follows from values is not known here.
      if (typeof text !== 'string' || type === 'logs' || text.includes('{{')) return [];
      const name = `${component.name}: ${alert ?? title}`;
      return [{ name, component, text: text.replaceAll('$interval', '5m') }];
    }),
  ),
);

describe.each(queries)('$name', ({ component, text }) => {
  test('is PromQL', () => {
    expect(errorsIn(text)).toEqual([]);
  });

  test('asks for metrics that are collected', () => {
    const asked = requestsOf(component, ['metrics']);
    // Who names none has all of its own kept.
    if (asked.some(({ keep }) => keep === undefined)) return;
    expect(metricsIn(text).filter((name) => !isKept(name))).toEqual([]);
  });
});

const kept = components.flatMap((component) =>
  requestsOf(component, ['metrics']).flatMap(({ keep }) =>
    Array.isArray(keep) ? keep.map((pattern) => new RegExp(`^(${String(pattern)})$`)) : [],
  ),
);

function isKept(metric: string): boolean {
  return ofNodes.test(metric) || kept.some((pattern) => pattern.test(metric));
}

type Asked = Readonly<Record<string, JsonValue | undefined>>;

function requestsOf({ spec }: Component, kinds: readonly string[]): readonly Asked[] {
  return (spec.requires?.services ?? []).flatMap((request) =>
    kinds.includes(request.kind) ? [(request.with ?? {}) as Asked] : [],
  );
}

function itemsOf(list: JsonValue | undefined): readonly Asked[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** Where the text is not what the grammar allows. */
function errorsIn(text: string): readonly string[] {
  return nodesOf(text, (name, isError) => isError || name === '⚠').map(({ from }) => text.slice(from));
}

/** Names of the metrics that a query selects. */
function metricsIn(text: string): readonly string[] {
  const names = nodesOf(text, (name, _, parent) => name === 'Identifier' && parent === 'VectorSelector');
  return [...new Set(names.map(({ from, to }) => text.slice(from, to)))];
}

function nodesOf(
  text: string,
  wanted: (name: string, isError: boolean, parent: string | undefined) => boolean,
): readonly { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  parser.parse(text).iterate({
    enter: ({ name, type, from, to, node }) => {
      if (wanted(name, type.isError, node.parent?.name)) found.push({ from, to });
    },
  });
  return found;
}
