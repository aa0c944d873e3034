import type { Span } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, JsonValue, SourceDocument } from '@fluxwright/documents';
import { valueAt } from '@fluxwright/documents';
import { supportedVersions } from '@fluxwright/kubernetes-schemas';
import {
  type Cluster,
  type Component,
  type ComponentSpec,
  type ComponentTest,
  choiceDefaults,
  type Product,
  specChoices,
  standIns,
  type Workspace,
} from '@fluxwright/model';

/** Name of the cluster that a case tries; its peer is called `peer`. */
export const testCluster = 'test';

/**
 * The workspace of a case, in memory: its clusters, all components, and of the products the choices alone. So a test
 * depends on nothing that the fleet decides: a component is tried with what it requires and what the case names. Where a
 * case makes no choice, the first available option holds; values and facts of options, rules between choices and regions are left out, because they are the product's and
 * many an option belongs to a provider that is still to come. Of several providers there is the one that a product has, where the
 * case names no other: a consumer's test knows none of them. An option that is itself to come can be tried, before it is offered. Findings about the cluster point into the case.
 */
export function caseWorkspace(workspace: Workspace, component: Component, test: ComponentTest): Workspace {
  // What a product that not every cluster has lets one choose is a matter of its values, which are left out.
  const everywhere = [...workspace.products].filter(([, { spec }]) => spec.mandatory === true);
  const products = new Map(everywhere.map(([name, product]) => [name, choicesOf(product, test)]));
  const { peer } = test.spec;
  const named = new Set([component.name, ...(test.spec.also ?? []).map(({ name }) => name)]);
  const others = standIns(workspace);
  const own = [...workspace.components].filter(([name]) => named.has(name) || !others.has(name));
  const components = new Map([...own, ...consumerOf(workspace, test)]);
  const tested = testedCluster(component, test);
  const clusters = [tested, ...(peer === undefined ? [] : [peerCluster(test, tested)])];
  return {
    ...workspace,
    components,
    products,
    clusters: new Map(clusters.map((each) => [each.name, each])),
    clusterNames: clusters.map(({ name }) => name),
    broken: new Set([...workspace.broken].filter((each) => !each.startsWith('clusters/'))),
    defaults: withPlace({ spec: baseOf(products) as JsonObject }, test.document, () => []),
  };
}

/** The component that asks for the services of a case, and its namespace. */
export const trialConsumer = 'test-consumer';

function consumerOf(
  { contracts }: Workspace,
  { spec, document }: ComponentTest,
): readonly (readonly [string, Component])[] {
  const { requests, given } = spec;
  if (requests === undefined) return [];
  const own: ComponentSpec = {
    title: 'Trial consumer',
    description: 'Asks for the services of a case.',
    namespace: trialConsumer,
    ...(given && { given: given as NonNullable<ComponentSpec['given']> }),
    requires: { services: requests as NonNullable<NonNullable<ComponentSpec['requires']>['services']> },
  };
  const value = { metadata: { name: trialConsumer }, spec: own } as unknown as JsonObject;
  const manifest = withPlace(value, document, ([, part, ...rest]) => {
    if (part === 'given') return ['spec', 'given', ...rest];
    return part === 'requires' && rest[0] === 'services'
      ? ['spec', 'requests', ...rest.slice(1)]
      : ['metadata', 'name'];
  });
  const schema = withPlace({ type: 'object', additionalProperties: false }, document, () => ['metadata', 'name']);
  const component: Component = {
    name: trialConsumer,
    folder: `components/${trialConsumer}`,
    version: '0.0.0',
    manifest,
    spec: own,
    schema: { ...schema, text: '' },
    answers: [],
    templates: { install: [], configure: [] },
    services: new Map(),
    crossing: new Map(),
    trust: new Map(),
    pair: [],
    contracts,
    network: [],
    bootstrap: [],
    kustomize: [],
  };
  return [[trialConsumer, component]];
}

function choicesOf(product: Product, { spec }: ComponentTest): Product {
  const choices = Object.entries(product.spec.choices ?? {}).map(([key, { options, ...choice }]) => {
    const settings = [spec.cluster, spec.peer].map((each) => (each ?? {}) as JsonObject);
    const tried = settings.flatMap((each) => [valueAt(each, [key]), valueAt(each, ['choices', key])]);
    const free = Object.entries(options).map(
      ([name, { requires: _, regions: __, facts: ___, values: ____, maturity, ...option }]) => [
        name,
        maturity === undefined || tried.includes(name) ? option : { ...option, maturity },
      ],
    );
    return [key, { ...choice, options: Object.fromEntries(free) }];
  });
  return { ...product, spec: { ...product.spec, components: [], requires: {}, choices: Object.fromEntries(choices) } };
}

/** What every cluster must say, and what no test should have to. */
function baseOf(products: ReadonlyMap<string, Product>): JsonValue {
  const declared = [...products.values()].flatMap(({ spec }) => Object.entries(spec.choices ?? {}));
  const first = declared.flatMap(([key, { options }]): [string, string][] => {
    const [option] = Object.keys(options).filter((name) => options[name]?.maturity !== 'coming');
    return option === undefined || key in choiceDefaults ? [] : [[key, option]];
  });
  return {
    kubernetes: { distribution: 'k3s', version: supportedVersions().at(-1) ?? '' },
    flux: { version: '2.9' },
    git: { url: 'https://git.example.com/fleet.git' },
    domain: 'test.example.com',
    region: 'region-1',
    ...Object.fromEntries(first.filter(([key]) => specChoices.includes(key))),
    choices: Object.fromEntries(first.filter(([key]) => !specChoices.includes(key))),
  };
}

function testedCluster(component: Component, { spec, document }: ComponentTest): Cluster {
  const also = spec.also ?? [];
  const said = spec.cluster?.disasterRecovery;
  const pair = spec.peer === undefined ? {} : { disasterRecovery: { role: 'primary', ...said, peer: 'peer' } };
  const values = [{ name: component.name, values: spec.values }, ...also].filter((each) => each.values !== undefined);
  const settings = {
    ...spec.cluster,
    ...pair,
    components: [
      component.name,
      ...also.map(({ name }) => name),
      ...(spec.requests === undefined ? [] : [trialConsumer]),
    ],
    values: Object.fromEntries(values.map((each) => [each.name, each.values])),
  } as unknown as JsonObject;
  return clusterOf(testCluster, settings, document, ([key = '', ...rest]) => {
    const at = rest[0];
    if (key === 'components')
      return Number(at) > also.length
        ? ['spec', 'requests']
        : at === 0
          ? ['metadata', 'name']
          : ['spec', 'also', Number(at) - 1, 'name'];
    if (key !== 'values') return ['spec', 'cluster', key, ...rest];
    if (at === component.name) return ['spec', 'values', ...rest.slice(1)];
    return ['spec', 'also', also.findIndex(({ name }) => name === at), 'values', ...rest.slice(1)];
  });
}

/** It has the same components and values, and plays the other part. */
function peerCluster({ spec, document }: ComponentTest, tested: Cluster): Cluster {
  const role = valueAt(tested.spec, ['disasterRecovery', 'role']) === 'standby' ? 'primary' : 'standby';
  const { components = [], values = {} } = tested.spec;
  const settings = {
    components,
    values,
    ...spec.peer,
    disasterRecovery: { role, ...spec.peer?.disasterRecovery, peer: testCluster },
  } as unknown as JsonObject;
  return clusterOf('peer', settings, document, (path) => ['spec', 'peer', ...path]);
}

function clusterOf(
  name: string,
  spec: JsonObject,
  document: SourceDocument,
  place: (path: JsonPath) => JsonPath,
): Cluster {
  const manifest = withPlace({ metadata: { name }, spec }, document, ([part, ...rest]) =>
    part === 'spec' && rest.length > 0 ? place(rest) : ['metadata', 'name'],
  );
  return { name, folder: `clusters/${name}`, manifest, spec };
}

/** A document with another value, whose paths stand elsewhere in the file. */
function withPlace(value: JsonObject, document: SourceDocument, place: (path: JsonPath) => JsonPath): SourceDocument {
  const locate = (path: JsonPath, part?: 'key' | 'value'): Span => document.locate(place(path), part);
  return { file: document.file, text: document.text, value, locate };
}
