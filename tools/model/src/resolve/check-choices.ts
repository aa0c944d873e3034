import { didYouMean, listWords, type Span } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath } from '@fluxwright/documents';
import { byKey, isObject, valueAt } from '@fluxwright/documents';
import type { Component } from '../load/workspace.ts';
import {
  type ChosenOption,
  choicePath,
  chosen,
  chosenOptions,
  type Declaration,
  declaredChoices,
} from './declared-choices.ts';
import { described } from './described.ts';
import { isPreview } from './is-preview.ts';
import { type ProductMembers, type Resolution, report } from './resolution.ts';

/** The first of a component's choices that the cluster does not meet; nothing where the component can exist in it. */
export function unmetChoice(spec: JsonObject, component: Component): string | undefined {
  return Object.entries(component.spec.choices ?? {}).find(
    ([key, options]) => !options.includes(chosen(spec, key) ?? ''),
  )?.[0];
}

/** Checks the cluster's choices against what its products offer: known, available, and not excluding each other. */
export function checkChoices(resolution: Resolution, products: ProductMembers): void {
  const declared = declaredChoices([...products.values()].map(({ item }) => item));
  for (const [key, declarations] of declared) checkChoice(resolution, key, declarations);
  for (const option of chosenOptions(resolution.settings.value, products)) checkOption(resolution, option);
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

/** A choice is made, with an option that some product lists. */
function checkChoice(resolution: Resolution, key: string, declarations: readonly Declaration[]): void {
  const { cluster, settings } = resolution;
  const value = chosen(settings.value, key);
  const label = ({ product }: Declaration, message: string) => ({
    span: product.manifest.locate(['spec', 'choices', key], 'key'),
    message: `product "${product.name}" ${message}`,
  });
  if (value === undefined) {
    const asking = declarations.find(({ choice }) => choice.optional !== true);
    if (asking === undefined) return;
    const options = listOptions(declarations);
    const { description } = asking.choice;
    report(resolution, 'resolve/missing-value', {
      message: `cluster "${cluster.name}" chooses no ${key}`,
      primary: cluster.manifest.locate(['spec'], 'key'),
      note: `spec.${key} is missing`,
      labels: [label(asking, 'asks for it')],
      help: description === undefined ? options : `${key}: ${description.replace(/\.$/, '')}; ${options}`,
    });
    return;
  }
  if (declarations.some(({ choice }) => Object.hasOwn(choice.options, value))) return;
  report(resolution, 'resolve/unknown-choice', {
    message: `cluster "${cluster.name}" chooses ${key} "${value}", which is no option`,
    primary: spanOf(resolution, choicePath(settings.value, key)),
    note: 'not among the options',
    labels: declarations.slice(0, 1).map((each) => label(each, 'lists them')),
    help: didYouMean(value, availableOptions(declarations)) ?? listOptions(declarations),
  });
}

function availableOptions(declarations: readonly Declaration[]): readonly string[] {
  const all = declarations.flatMap(({ choice }) => Object.entries(choice.options));
  const coming = new Set(all.flatMap(([name, { maturity }]) => (maturity === 'coming' ? [name] : [])));
  return [...new Set(all.map(([name]) => name))].filter((name) => !coming.has(name)).sort();
}

function listOptions(declarations: readonly Declaration[]): string {
  const named = availableOptions(declarations).map((name) => {
    const said = declarations.flatMap(({ choice }) => choice.options[name] ?? []);
    return described(name, said.find(({ title }) => title !== undefined) ?? said[0]);
  });
  return `the options are ${listWords(named, 'and')}`;
}

/** What one product says of the option that was chosen. */
function checkOption(resolution: Resolution, chosenOption: ChosenOption): void {
  const { key, value, option, product } = chosenOption;
  const { cluster, settings, workspace } = resolution;
  if (option.maturity !== 'coming' || isPreview(settings)) {
    checkRequires(resolution, chosenOption);
    checkRegion(resolution, chosenOption);
    return;
  }
  const declarations = declaredChoices(workspace.products.values()).get(key) ?? [];
  report(resolution, 'resolve/choice-unavailable', {
    message: `cluster "${cluster.name}" chooses ${key} "${value}", which is not available yet`,
    primary: spanOf(resolution, choicePath(settings.value, key)),
    note: 'maturity: coming',
    labels: [
      {
        span: product.manifest.locate(['spec', 'choices', key, 'options', value, 'maturity']),
        message: 'the catalogue says so here',
      },
    ],
    help: `${listOptions(declarations)}; with spec.preview: true the cluster may try it`,
  });
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

function checkRequires(resolution: Resolution, { key, value, option, product }: ChosenOption): void {
  const { cluster, settings } = resolution;
  const { facts: _, ...others } = option.requires ?? {};
  const primary = spanOf(resolution, choicePath(settings.value, key));
  for (const [other, allowed] of Object.entries(others).sort(byKey)) {
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
    if (actual !== undefined && (allowed as readonly string[]).includes(actual)) continue;
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

function spanOf({ settings, cluster }: Resolution, path: JsonPath): Span {
  return settings.originsOf(path)[0] ?? { file: cluster.manifest.file };
}
