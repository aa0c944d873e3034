import { resolve } from 'node:path';
import type { JsonPath, JsonValue } from '@fluxwright/documents';
import { isOutside } from '@fluxwright/kubernetes';
import { loadWorkspace, resolveCluster, stageKey } from '@fluxwright/model';
import { describe, expect, test } from 'vitest';
import { render } from '../../test/sample-workspace.ts';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { type MatchedNeed, matchNeeds, type NeedMatches } from '../needs/match-needs.ts';
import { isReleased } from '../needs/staged-resources.ts';
import { emittedOrder, isFluxKustomization } from './emitted-order.ts';
import { proveCluster } from './prove-cluster.ts';
import { proveOrder } from './prove-order.ts';

const { value: workspace } = loadWorkspace(resolve(import.meta.dirname, '../../../..'));
const clusters = workspace.clusterNames.flatMap((name) => {
  const { value } = resolveCluster(workspace, name);
  return value === undefined ? [] : [[name, render(value)] as const];
});

interface Dependency {
  readonly name: string;
}
type Spec = { readonly dependsOn?: readonly Dependency[] };
const specOf = ({ object }: Resource): Spec => object.spec as unknown as Spec;
const isOrdered = (resource: Resource): boolean =>
  resource.path.startsWith('kustomizations/') && specOf(resource).dependsOn !== undefined;

/** With other lists of what they wait for. Of the resources only those that make the order: thousands of these are looked at. */
function withDependencies(
  rendered: RenderedCluster,
  changes: ReadonlyMap<Resource, readonly Dependency[]>,
): RenderedCluster {
  const resources = rendered.resources.filter(isFluxKustomization).map((resource) => {
    const dependsOn = changes.get(resource);
    if (dependsOn === undefined) return resource;
    return { ...resource, object: { ...resource.object, spec: { ...specOf(resource), dependsOn } as never } };
  });
  return { ...rendered, resources };
}

/** Which stage waits for which, as text: equal for equivalent orders. */
function closure(rendered: RenderedCluster): readonly string[] {
  const order = emittedOrder(rendered);
  const keys = rendered.stages.map(({ component, stage }) =>
    stage === 'install' ? component : `${component}-${stage}`,
  );
  return keys.flatMap((from) => keys.filter((to) => order.waits(from, to)).map((to) => `${from} ${to}`));
}

/** One need of those that ask the same of the order: a stage has hundreds, and thousands of orders are looked at. */
function questionsOf({ matches, ...rest }: NeedMatches): NeedMatches {
  const questionOf = ({ need, providers, isGiven }: MatchedNeed): string =>
    JSON.stringify([
      stageKey(need.stage),
      need.order,
      need.atOnce === true,
      need.resource !== undefined && isReleased(need.resource),
      isGiven,
      providers.map(({ stage, isObject }) => [stage === undefined ? null : stageKey(stage), isObject === true]),
    ]);
  return { ...rest, matches: [...new Map(matches.map((match) => [questionOf(match), match])).values()] };
}

describe.each(clusters)('the order of %s', (name, rendered) => {
  const matches = questionsOf(matchNeeds(rendered.cluster, rendered.resources));
  const whole = closure(rendered);
  const holders = rendered.resources.filter(isOrdered);

  test('is proved', () => {
    // What charts use is not seen here: they are rendered without them and without what is recorded of them.
    const found = proveCluster(rendered).filter(({ code }) => code !== 'prove/unused-requirement');
    expect(found.map(({ message }) => message)).toEqual([]);
    expect(holders.length).toBeGreaterThan(10);
  });

  test('is missed wherever one dependsOn is lost that no other implies', () => {
    let needed = 0;
    for (const holder of holders) {
      const all = specOf(holder).dependsOn ?? [];
      for (const lost of all) {
        const mutant = withDependencies(rendered, new Map([[holder, all.filter((each) => each !== lost)]]));
        const isEquivalent = closure(mutant).length === whole.length;
        const found = proveOrder(mutant, matches).filter(({ severity }) => severity === 'error');
        if (!isEquivalent) needed += 1;
        expect(found.length > 0, `${holder.name} without ${lost.name}`).toBe(!isEquivalent);
      }
    }
    expect(needed).toBeGreaterThan(20);
  });

  // Of one cluster: the others have the same components, and thousands of pairs are looked at.
  if (name !== clusters[0]?.[0]) return;
  test('is missed where two FluxKustomizations have exchanged what they wait for, unless it is the same order', () => {
    for (const [index, first] of holders.entries()) {
      for (const second of holders.slice(index + 1)) {
        const mutant = withDependencies(
          rendered,
          new Map([
            [first, specOf(second).dependsOn ?? []],
            [second, specOf(first).dependsOn ?? []],
          ]),
        );
        // Asked only where nothing is found: of a hundred there are thousands of pairs.
        const isEquivalent = () => closure(mutant).join() === whole.join();
        expect(proveOrder(mutant, matches).length > 0 || isEquivalent(), `${first.name} and ${second.name}`).toBe(true);
      }
    }
  });
});

/** A copy of a value in which the text at a path is another one. */
function withOther(value: JsonValue, [step, ...rest]: JsonPath): JsonValue {
  if (step === undefined) return `${String(value)}x`;
  if (Array.isArray(value)) return value.map((each, index) => (index === step ? withOther(each, rest) : each));
  const map = value as { readonly [key: string]: JsonValue };
  return { ...map, [step]: withOther(map[step] as JsonValue, rest) };
}

describe.each(clusters)('what %s reads of stores outside', (_, rendered) => {
  const named = matchNeeds(rendered.cluster, rendered.resources).matches.flatMap(({ need, providers }) => {
    const { resource, at, keys = [], id, optional } = need;
    if (!isOutside(id.kind) || id.namespace === undefined || resource === undefined || optional) return [];
    // What somebody hands over may have any property.
    const known = providers.some((each) => each.keys !== undefined) ? keys : [];
    return [at, ...known.map(({ path }) => path)].map((path) => ({ resource, path, kind: id.kind }));
  });

  test('is missed wherever one name of an entry, a property or a bucket is another one', () => {
    for (const { resource, path } of named) {
      const mutant = { ...resource, object: withOther(resource.object, path) as typeof resource.object };
      const resources = rendered.resources.map((each) => (each === resource ? mutant : each));
      const codes = proveCluster({ ...rendered, resources }).map(({ code }) => code);
      expect(codes, `${resource.path} ${path.join('.')}`).toContainEqual(expect.stringMatching(/^prove\/missing-/));
    }
    expect(new Set(named.map(({ kind }) => kind))).toEqual(new Set(['bucket', 'store entry']));
    expect(named.length).toBeGreaterThan(20);
  });
});
