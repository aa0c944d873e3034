import { isDeepStrictEqual } from 'node:util';
import { type Label, listWords } from '@fluxwright/diagnostics';
import { isObject, type JsonValue, valueAt } from '@fluxwright/documents';
import { productSchema } from '../schema/manifest-schemas.ts';
import { type ChosenOption, choicePath, chosenOptions } from './declared-choices.ts';
import { type ProductMembers, type Resolution, report } from './resolution.ts';
import type { Fact, FactName } from './resolved-cluster.ts';

/**
 * Holds what the cluster chose, and its nodes, against the facts that its options state, and gives these. A fact that none of
 * them states does not hold: nobody has looked.
 */
export function checkFacts(resolution: Resolution, products: ProductMembers): ReadonlyMap<FactName, Fact> {
  const options = chosenOptions(resolution.settings.value, products);
  const facts = factsOf(resolution, options);
  for (const option of options) {
    for (const [index, name] of (option.option.requires?.facts ?? []).entries()) {
      const fact = facts.get(name);
      if (fact === undefined || !isSo(fact.value)) missingFact(resolution, { option, index, name, fact });
    }
  }
  const gpus = facts.get('gpus');
  if (gpus !== undefined && !isSo(gpus.value)) checkPools(resolution, gpus);
  return facts;
}

/** The facts by name; of one that two options state differently the first, and that is reported. */
function factsOf(resolution: Resolution, options: readonly ChosenOption[]): ReadonlyMap<FactName, Fact> {
  const facts = new Map<FactName, Fact>();
  for (const { key, value, option, product } of options) {
    for (const [name, stated] of Object.entries(option.facts ?? {})) {
      const span = product.manifest.locate(['spec', 'choices', key, 'options', value, 'facts', name]);
      const fact = { value: stated as JsonValue, by: `${key} "${value}"`, span };
      const first = facts.get(name as FactName);
      if (first === undefined) facts.set(name as FactName, fact);
      else if (!isDeepStrictEqual(first.value, fact.value)) contradiction(resolution, name, [first, fact]);
    }
  }
  return facts;
}

function isSo(value: JsonValue): boolean {
  return Array.isArray(value) ? value.length > 0 : value === true;
}

function contradiction(resolution: Resolution, name: string, [first, second]: readonly [Fact, Fact]): void {
  report(resolution, 'resolve/choice-conflict', {
    message: `cluster "${resolution.cluster.name}" has two options that say different things of ${name}`,
    primary: first.span,
    note: `so says ${first.by}`,
    labels: [{ span: second.span, message: `and so ${second.by}` }],
    help: 'let one of the two state the fact',
  });
}

interface Missing {
  readonly option: ChosenOption;
  /** Which of the facts that the option requires. */
  readonly index: number;
  readonly name: string;
  readonly fact: Fact | undefined;
}

function missingFact(resolution: Resolution, { option, index, name, fact }: Missing): void {
  const { cluster, settings } = resolution;
  const { key, value, product } = option;
  const rule = ['spec', 'choices', key, 'options', value, 'requires', 'facts', index];
  report(resolution, 'resolve/missing-fact', {
    message: `cluster "${cluster.name}" chooses ${key} "${value}", which needs ${name}`,
    primary: settings.originsOf(choicePath(settings.value, key))[0] ?? { file: cluster.manifest.file },
    note: fact === undefined ? `nothing the cluster chose states ${name}` : `${fact.by} does not have it`,
    labels: [
      ...(fact === undefined ? [] : [statement(name, fact)]),
      { span: product.manifest.locate(rule), message: `product "${product.name}" sets the rule ${name}` },
    ],
    help: `${meaning(name)}; choose another ${key}${
      fact === undefined ? `, or state facts.${name} of the option where it is so` : ''
    }`,
  });
}

/** A pool cannot have what the provider does not sell. */
function checkPools(resolution: Resolution, gpus: Fact): void {
  const { settings, cluster } = resolution;
  const pools = valueAt(settings.value, ['nodes', 'pools']);
  for (const [index, pool] of (Array.isArray(pools) ? pools : []).entries()) {
    const count = isObject(pool) ? pool.gpu : undefined;
    if (!isObject(pool) || typeof count !== 'number' || count === 0) continue;
    report(resolution, 'resolve/missing-fact', {
      message: `cluster "${cluster.name}" has GPUs in the nodes of pool "${pool.name}", which its provider does not have`,
      primary: settings.originsOf(['nodes', 'pools', index, 'gpu'])[0] ?? { file: cluster.manifest.file },
      note: `${gpus.by} has none`,
      labels: [statement('gpus', gpus)],
      help: 'take the GPUs out of the pool, or choose a provider that has some',
    });
  }
}

function statement(name: string, { by, span, value }: Fact): Label {
  const said = Array.isArray(value) && value.length > 0 ? listWords(value.map(String), 'and') : JSON.stringify(value);
  return { span, message: `${by} states ${name}: ${said}` };
}

/** What a fact means, as the schema of products describes it. */
function meaning(name: string): string {
  const described = valueAt(productSchema(), ['$defs', 'facts', 'properties', name, 'description']);
  return `${name}: ${typeof described === 'string' ? described.replace(/\.$/, '') : name}`;
}
