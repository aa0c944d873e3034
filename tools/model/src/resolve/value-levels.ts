import type { JsonObject } from '@fluxwright/documents';
import { valuesByComponent } from '../load/product-values.ts';
import type { Component } from '../load/workspace.ts';
import { chosen } from './declared-choices.ts';
import { type Layer, layerOf } from './layered-values.ts';
import type { ProductMembers, Resolution } from './resolution.ts';

/**
 * The layers of a component's values in a cluster, the weakest first: its defaults ← its answers to what the cluster chose ←
 * products ← options of products that the cluster chose ← clusters/defaults.yaml ← cluster.yaml. Layers of one level have
 * no order among them: where two say something else of one value, neither holds.
 */
export function valueLevels(
  { workspace, cluster, settings }: Resolution,
  component: Component,
  products: ProductMembers,
): readonly (readonly Layer[])[] {
  const isChosen = (answer: { readonly choice: string; readonly option: string }) => holds(settings.value, answer);
  const ofProducts = [...products.values()].flatMap(({ item: product }) =>
    (valuesByComponent(product).get(component.name) ?? []).map(({ path, answers }) => ({ product, path, answers })),
  );
  const answered = ofProducts.flatMap(({ product, path, answers }) =>
    answers !== undefined && isChosen(answers) ? layerOf(product.manifest, path, titleOf(answers)) : [],
  );
  return [
    layerOf(component.defaults, []),
    component.answers.filter(isChosen).flatMap((answer) => layerOf(answer.document, [], titleOf(answer))),
    ofProducts.flatMap(({ product, path, answers }) =>
      answers === undefined ? layerOf(product.manifest, path, `product "${product.name}"`) : [],
    ),
    answered,
    layerOf(workspace.defaults, ['spec', 'values', component.name]),
    layerOf(cluster.manifest, ['spec', 'values', component.name]),
  ];
}

function holds(spec: JsonObject, { choice, option }: { readonly choice: string; readonly option: string }): boolean {
  return chosen(spec, choice) === option;
}

function titleOf({ choice, option }: { readonly choice: string; readonly option: string }): string {
  return `${choice} "${option}"`;
}
