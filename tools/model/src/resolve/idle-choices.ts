import { type Diagnostic, diagnostic, listWords } from '@fluxwright/diagnostics';
import { isObject, type JsonValue } from '@fluxwright/documents';
import type { Choice } from '../generated/product.ts';
import type { Component, Product, Workspace } from '../load/workspace.ts';

/**
 * Choices of a workspace's products that a cluster makes for nothing: no component exists by them or answers them, no template asks for them, or
 * two options are told apart by nobody. What is still to come does not count: whoever lists it says that it does nothing yet.
 *
 * What templates ask is read from their text: a comparison with a literal tells that option from all others, any other mention
 * tells every option apart.
 */
export function idleChoices({ products, components }: Workspace): readonly Diagnostic[] {
  const all = [...components.values()];
  return [...products.values()].flatMap((product) =>
    Object.entries(product.spec.choices ?? {}).flatMap(([key, choice]) => {
      const asked = [...all.map((component) => askedFor(component, key)), ...answeredBy(products.values(), key)];
      return idleChoice(product, { key, choice, asked });
    }),
  );
}

interface AskedChoice {
  readonly key: string;
  readonly choice: Choice;
  readonly asked: readonly Asked[];
}

function idleChoice(product: Product, { key, choice: { options }, asked }: AskedChoice): readonly Diagnostic[] {
  const available = Object.keys(options).filter((name) => options[name]?.maturity !== 'coming');
  if (asked.includes(everyOption) || available.length < 2) return [];
  const alike = Map.groupBy(available, (name) =>
    JSON.stringify(asked.map((names) => names.map((each) => each.includes(name)))),
  );
  const path = ['spec', 'choices', key];
  const groups = [...alike.values()].filter(({ length }) => length > 1);
  if (groups.length === 1 && groups[0]?.length === available.length) {
    return [
      diagnostic('validate/idle-choice', {
        message: `product "${product.name}" asks every cluster for its ${key}, which changes nothing`,
        primary: product.manifest.locate(path, 'key'),
        note: 'no component and no template asks for it',
        help: 'let a component exist by it (choices) or answer it, or a template ask for it; until then mark its options maturity: coming',
      }),
    ];
  }
  return groups.map((names) =>
    diagnostic('validate/idle-choice', {
      message: `product "${product.name}" offers ${key} ${listWords(
        names.map((name) => `"${name}"`),
        'and',
      )}, which make no difference`,
      primary: product.manifest.locate([...path, 'options', names[1] ?? ''], 'key'),
      note: `nothing tells it from "${names[0]}"`,
      help: 'let a component or a template tell them apart, or mark what does nothing yet maturity: coming',
    }),
  );
}

/** The sets of options that a component tells from the others. */
type Asked = readonly (readonly string[])[];

/** Some template prints the option, or looks it up: all options differ. */
const everyOption: Asked = [];

/** Options that products answer with values. */
function answeredBy(products: Iterable<Product>, key: string): readonly Asked[] {
  const options = [...products].flatMap(({ spec }) => Object.entries(spec.choices?.[key]?.options ?? {}));
  return options.flatMap(([name, { values }]) =>
    Object.values(values ?? {}).some((each) => saysSomething(each as JsonValue)) ? [[[name]]] : [],
  );
}

function saysSomething(values: JsonValue): boolean {
  return isObject(values) && Object.keys(values).length > 0;
}

function askedFor({ spec, templates, services, helmValues, answers }: Component, key: string): Asked {
  const texts = [
    ...templates.install,
    ...templates.configure,
    ...services.values(),
    ...(helmValues === undefined ? [] : [helmValues]),
  ];
  const mention = new RegExp(
    `\\bcluster\\.(?:choices\\.)?${key.replace(/[^A-Za-z0-9]/g, '\\$&')}(?![A-Za-z0-9_])`,
    'g',
  );
  const compared = new RegExp(`\\((?:eq|ne)\\s+(?:@root\\.)?${mention.source}\\s+"([^"]*)"\\s*\\)`, 'g');
  const literals = texts.flatMap(({ text }) => [...text.matchAll(compared)].map(([, name = '']) => name));
  const mentions = texts.reduce((sum, { text }) => sum + [...text.matchAll(mention)].length, 0);
  if (mentions > literals.length) return everyOption;
  const own = spec.maturity === 'coming' ? undefined : spec.choices?.[key];
  const answered = answers.flatMap(({ choice, option, document }) =>
    choice === key && saysSomething(document.value) ? [[option]] : [],
  );
  return [...(own === undefined ? [] : [own]), ...answered, ...literals.map((name) => [name])];
}
