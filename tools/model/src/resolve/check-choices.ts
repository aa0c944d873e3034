import { didYouMean, listWords, type Span } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath } from '@fluxwright/documents';
import { byKey, isObject, valueAt } from '@fluxwright/documents';
import type { Choice, Option } from '../generated/product.ts';
import type { Component, Product } from '../load/workspace.ts';
import { described } from './described.ts';
import { type ProductMembers, type Resolution, report } from './resolution.ts';

/** What the cluster chose for `key`, which stands in its spec or below spec.choices; nothing where it left it open. */
export function chosen(spec: JsonObject, key: string): string | undefined {
  const value = valueAt(spec, choicePath(spec, key));
  return typeof value === 'string' ? value : undefined;
}

/** The first of a component's choices that the cluster does not meet; nothing where the component can exist in it. */
export function unmetChoice(spec: JsonObject, component: Component): string | undefined {
  return Object.entries(component.spec.choices ?? {}).find(
    ([key, options]) => !options.includes(chosen(spec, key) ?? ''),
  )?.[0];
}

/** Checks the cluster's choices against what its products offer: known, available, and not excluding each other. */
export function checkChoices(resolution: Resolution, products: ProductMembers): void {
  const declared = declaredChoices(products);
  for (const [key, { choice, product }] of declared) checkChoice(resolution, { key, choice, product });
  const further = valueAt(resolution.settings.value, ['choices']);
  for (const key of isObject(further) ? Object.keys(further) : []) {
    if (!declared.has(key)) unknownChoice(resolution, key, [...declared.keys()]);
  }
}

/** A rule that no cluster could ever meet is a slip: it names a choice or option that no product of the workspace declares. */
export function checkRule(resolution: Resolution, component: Component, key: string): void {
  const products = [...resolution.workspace.products.values()];
  const keys = products.flatMap(({ spec }) => Object.keys(spec.choices ?? {}));
  const options = products.flatMap(({ spec }) => Object.keys(spec.choices?.[key]?.options ?? {}));
  const wrong = (component.spec.choices?.[key] ?? []).filter((option) => !options.includes(option));
  if (wrong.length === 0 || keys.length === 0) return;
  const known = keys.includes(key);
  const help = known ? didYouMean(wrong[0] ?? '', options) : didYouMean(key, keys);
  report(resolution, 'resolve/unknown-choice', {
    message: `component "${component.name}" exists only where ${key} is ${listWords(wrong, 'or')}, which no product offers`,
    primary: component.manifest.locate(['spec', 'choices', key], known ? 'value' : 'key'),
    note: known ? 'no such option' : 'no such choice',
    ...(help === undefined ? {} : { help }),
  });
}

interface Declared {
  readonly choice: Choice;
  readonly product: Product;
}

/** Of a choice that several products declare, the first product's word counts. */
function declaredChoices(products: ProductMembers): ReadonlyMap<string, Declared> {
  const declared = new Map<string, Declared>();
  for (const { item: product } of products.values()) {
    for (const [key, choice] of Object.entries(product.spec.choices ?? {})) {
      if (!declared.has(key)) declared.set(key, { choice, product });
    }
  }
  return new Map([...declared].sort(byKey));
}

function checkChoice(resolution: Resolution, { key, choice, product }: Declared & { key: string }): void {
  const { cluster, settings } = resolution;
  const value = chosen(settings.value, key);
  const rule = ['spec', 'choices', key];
  const available = Object.keys(choice.options).filter((name) => choice.options[name]?.maturity !== 'coming');
  const options = `the options are ${listWords(
    available.sort().map((name) => described(name, choice.options[name])),
    'and',
  )}`;
  if (value === undefined) {
    if (choice.optional === true) return;
    report(resolution, 'resolve/missing-value', {
      message: `cluster "${cluster.name}" chooses no ${key}`,
      primary: cluster.manifest.locate(['spec'], 'key'),
      note: `spec.${key} is missing`,
      labels: [{ span: product.manifest.locate(rule, 'key'), message: `product "${product.name}" asks for it` }],
      help: choice.description === undefined ? options : `${key}: ${choice.description.replace(/\.$/, '')}; ${options}`,
    });
    return;
  }
  const primary = spanOf(resolution, choicePath(settings.value, key));
  const option = Object.hasOwn(choice.options, value) ? choice.options[value] : undefined;
  if (option === undefined) {
    report(resolution, 'resolve/unknown-choice', {
      message: `cluster "${cluster.name}" chooses ${key} "${value}", which is no option`,
      primary,
      note: 'not among the options',
      labels: [{ span: product.manifest.locate(rule, 'key'), message: `product "${product.name}" lists them` }],
      help: didYouMean(value, available) ?? options,
    });
  } else if (option.maturity === 'coming') {
    report(resolution, 'resolve/choice-unavailable', {
      message: `cluster "${cluster.name}" chooses ${key} "${value}", which is not available yet`,
      primary,
      note: 'maturity: coming',
      labels: [
        {
          span: product.manifest.locate([...rule, 'options', value, 'maturity']),
          message: 'the catalogue says so here',
        },
      ],
      help: options,
    });
  } else {
    checkRequires(resolution, { key, value, option, product, primary });
    checkRegion(resolution, { key, value, option, product, primary });
  }
}

/** An option may say which regions it has; a product's list is the author's, so a new one is a line there. */
function checkRegion(resolution: Resolution, { key, value, option, product }: ChosenOption): void {
  const { cluster, settings } = resolution;
  const region = valueAt(settings.value, ['region']);
  if (option.regions === undefined || typeof region !== 'string' || option.regions.includes(region)) return;
  report(resolution, 'resolve/unknown-choice', {
    message: `cluster "${cluster.name}" has the region "${region}", which the ${key} "${value}" does not have`,
    primary: spanOf(resolution, ['region']),
    note: 'no such region',
    labels: [
      {
        span: product.manifest.locate(['spec', 'choices', key, 'options', value, 'regions'], 'key'),
        message: `product "${product.name}" lists them`,
      },
    ],
    help: didYouMean(region, option.regions) ?? `the regions are ${listWords(option.regions, 'and')}`,
  });
}

interface ChosenOption {
  readonly key: string;
  readonly value: string;
  readonly option: Option;
  readonly product: Product;
  readonly primary: Span;
}

function checkRequires(resolution: Resolution, { key, value, option, product, primary }: ChosenOption): void {
  const { cluster, settings } = resolution;
  for (const [other, allowed] of Object.entries(option.requires ?? {}).sort(byKey)) {
    const span = product.manifest.locate(['spec', 'choices', key, 'options', value, 'requires', other]);
    const label = { span, message: `product "${product.name}" sets the rule` };
    if (!Array.isArray(allowed)) {
      if (valueAt(settings.value, ['disasterRecovery']) !== undefined) continue;
      report(resolution, 'resolve/choice-conflict', {
        message: `cluster "${cluster.name}" chooses ${key} "${value}", which needs a pair of clusters`,
        primary,
        note: 'the cluster has no peer',
        labels: [label],
        help: 'name the other cluster in spec.disasterRecovery, or choose another option',
      });
      continue;
    }
    const actual = chosen(settings.value, other);
    if (actual !== undefined && allowed.includes(actual)) continue;
    report(resolution, 'resolve/choice-conflict', {
      message: `cluster "${cluster.name}" chooses ${key} "${value}", which needs ${other} ${listWords(
        allowed.map((each) => `"${each}"`),
        'or',
      )}`,
      primary,
      note: `needs another ${other}`,
      labels: [
        ...(actual === undefined
          ? []
          : [{ span: spanOf(resolution, choicePath(settings.value, other)), message: `${other} is "${actual}"` }]),
        label,
      ],
      help: `choose another ${key}, or another ${other}`,
    });
  }
}

function unknownChoice(resolution: Resolution, key: string, declared: readonly string[]): void {
  const [primary] = resolution.settings.originsOf(['choices', key], 'key');
  report(resolution, 'resolve/unknown-choice', {
    message: `cluster "${resolution.cluster.name}" chooses ${key}, which no product of it offers`,
    ...(primary === undefined ? {} : { primary }),
    note: 'no such choice',
    help: didYouMean(key, declared) ?? `the choices are ${listWords(declared, 'and')}`,
  });
}

function choicePath(spec: JsonObject, key: string): JsonPath {
  return typeof valueAt(spec, [key]) === 'string' ? [key] : ['choices', key];
}

function spanOf({ settings, cluster }: Resolution, path: JsonPath): Span {
  return settings.originsOf(path)[0] ?? { file: cluster.manifest.file };
}
