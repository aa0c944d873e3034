import { resolve } from 'node:path';
import { simulateTree } from '@fluxwright/flux';
import { loadWorkspace, resolveCluster, stageKey } from '@fluxwright/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cluster, component, type Rendered, render, renderFiles } from '../../test/sample-workspace.ts';
import { renderedTree } from '../pair/rendered-tree.ts';
import { proveCluster } from './prove-cluster.ts';

/** Edges of the proof that the simulator's order breaks, as text. */
function brokenEdges(rendered: Rendered): readonly string[] {
  const { order } = simulateTree(renderedTree(rendered));
  const at = new Map(order.map((key, index) => [key.slice(key.indexOf('/') + 1), index]));
  return rendered.edges
    .map(({ from, to }) => [stageKey(from), stageKey(to)] as const)
    .filter(([from, to]) => !((at.get(to) ?? Number.NaN) < (at.get(from) ?? Number.NaN)))
    .map(([from, to]) => `${from} before ${to}`);
}

const { value: workspace } = loadWorkspace(resolve(import.meta.dirname, '../../../..'));

describe('the order of the simulator keeps the edges of the proof', () => {
  test.each(workspace.clusterNames)('in %s', (name) => {
    const { value } = resolveCluster(workspace, name);
    if (value === undefined) throw new Error('no cluster');
    const rendered = render(value);
    expect(rendered.edges.length).toBeGreaterThan(20);
    expect(brokenEdges(rendered)).toEqual([]);
  });

  const chart = (name: string) => `  helm: {repository: https://charts.example.com, chart: ${name}, version: 1.0.0}\n`;
  const widgetOf = (name: string) =>
    `apiVersion: ${name}.example.com/v1\nkind: Widget\nmetadata: {name: of-${name}}\nspec: {size: 1}\n`;

  /** For each component the ones before it whose kinds it uses, and in which stage; named so that names tell no order. */
  const uses = fc.array(fc.array(fc.tuple(fc.nat(5), fc.boolean()), { maxLength: 3 }), { minLength: 2, maxLength: 6 });

  test('whatever uses the kinds of what', () => {
    fc.assert(
      fc.property(uses, fc.infiniteStream(fc.nat(99)), (list, salts) => {
        const names = list.map((_, index) => `c${salts.next().value}x${index}`);
        const files = list.map((wanted, index) => {
          const own = names[index] as string;
          const objects = wanted.flatMap(([other, isConfigure]) => {
            const provider = names[other];
            if (provider === undefined || other >= index) return [];
            return [[`${isConfigure ? 'configure' : 'install'}/${provider}.yaml`, widgetOf(provider)] as const];
          });
          const spec = `  namespace: ${own}\n${chart(own)}  provides: {crds: [widgets.${own}.example.com]}\n`;
          return component(own, spec, Object.fromEntries(objects));
        });
        const all = Object.assign(
          {},
          ...files,
          cluster('one', `  provider: own\n  components: [${names.join(', ')}]\n`),
        );
        const rendered = renderFiles(all);
        expect(proveCluster(rendered).filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(brokenEdges(rendered)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
