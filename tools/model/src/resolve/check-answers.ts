import { type DiagnosticFields, didYouMean, listWords } from '@fluxwright/diagnostics';
import { memo } from '@fluxwright/documents';
import { productValues } from '../load/product-values.ts';
import type { Answer, Component, Workspace } from '../load/workspace.ts';
import { declaredChoices } from './declared-choices.ts';
import { type ComponentMembers, type ProductMembers, type Resolution, report } from './resolution.ts';

/**
 * What answers nothing is a slip: a file of a component for a choice or option that no product of the workspace declares, and
 * values of a product's option for a component that the product does not have. An installed component may know choices
 * that are not made here.
 */
export function checkAnswers(resolution: Resolution, products: ProductMembers, members: ComponentMembers): void {
  for (const { item: component } of members.values()) {
    if (component.folder !== `components/${component.name}`) continue;
    for (const answer of component.answers) {
      checkAnswer(resolution, component, answer);
      checkExists(resolution, component, answer);
    }
  }
  checkOptionValues(resolution, products);
}

const declaredIn = memo(({ products }: Workspace) => declaredChoices(products.values()));

function checkAnswer(resolution: Resolution, component: Component, { choice, option, document }: Answer): void {
  const { workspace } = resolution;
  // A product that could not be read may be the one that declares it.
  if ([...workspace.broken].some((each) => each.startsWith('products/'))) return;
  const declared = declaredIn(workspace);
  const declarations = declared.get(choice);
  const options = (declarations ?? []).flatMap((each) => Object.keys(each.choice.options));
  if (options.includes(option)) return;
  const says = (fields: Pick<DiagnosticFields, 'note' | 'help' | 'labels'>, what: string) =>
    report(resolution, 'resolve/unknown-choice', {
      message: `component "${component.name}" answers ${what}, which no product offers`,
      primary: { file: document.file },
      ...fields,
    });
  if (declarations === undefined) {
    const keys = [...declared.keys()];
    const there = keys.length === 0 ? 'no product declares a choice' : `the choices are ${listWords(keys, 'and')}`;
    says({ note: 'no such choice', help: didYouMean(choice, keys) ?? there }, `the choice ${choice}`);
    return;
  }
  const [first] = declarations;
  says(
    {
      note: `no such option of ${choice}`,
      labels: first
        ? [
            {
              span: first.product.manifest.locate(['spec', 'choices', choice], 'key'),
              message: `product "${first.product.name}" lists them`,
            },
          ]
        : [],
      help: didYouMean(option, options) ?? `the options are ${listWords([...new Set(options)].sort(), 'and')}`,
    },
    `${choice} "${option}"`,
  );
}

/** Where the component does not exist, its answer is never read. */
function checkExists(resolution: Resolution, component: Component, { choice, option, document }: Answer): void {
  const allowed = component.spec.choices?.[choice];
  if (allowed === undefined || allowed.includes(option)) return;
  report(resolution, 'resolve/component-excluded', {
    message: `component "${component.name}" answers ${choice} "${option}", where it does not exist`,
    primary: { file: document.file },
    note: `exists only where ${choice} is ${listWords(allowed, 'or')}`,
    labels: [{ span: component.manifest.locate(['spec', 'choices', choice]), message: 'the rule' }],
    help: didYouMean(option, allowed) ?? 'remove the file, or add the option to the rule',
  });
}

function checkOptionValues(resolution: Resolution, products: ProductMembers): void {
  for (const { item: product } of products.values()) {
    const own = (product.spec.components ?? []).map(({ name }) => name);
    for (const { name, path, answers } of productValues(product)) {
      if (answers === undefined || own.includes(name)) continue;
      report(resolution, 'resolve/unused-values', {
        message: `product "${product.name}" sets values for "${name}", which it does not have`,
        primary: product.manifest.locate(path, 'key'),
        note: `no component of the product, so its option ${answers.choice} "${answers.option}" may not set its values`,
        help: didYouMean(name, own) ?? `add "${name}" to spec.components of the product, or remove the values`,
      });
    }
  }
}
