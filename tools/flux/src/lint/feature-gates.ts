import { isObject, type JsonObject } from '@fluxwright/documents';
import type { FluxTree } from '../tree/flux-tree.ts';

/**
 * The feature gates that the tree sets on Flux's controllers: in a FluxInstance, in the Deployment of a controller, or in
 * the patches of a kustomization file. What is not here has its default, as far as this tree can tell.
 */
export function featureGates({ objects, kustomizationFiles = [] }: FluxTree): ReadonlyMap<string, boolean> {
  const holders: readonly JsonObject[] = [
    ...objects
      .filter(({ kind, name }) => kind === 'FluxInstance' || (kind === 'Deployment' && name.endsWith('-controller')))
      .map(({ object }) => object),
    ...kustomizationFiles.map(({ object }) => ({ patches: object.patches ?? [] })),
  ];
  return new Map(
    holders.filter(isObject).flatMap((holder) =>
      [...JSON.stringify(holder).matchAll(/--feature-gates=([\w=,]+)/g)].flatMap(([, list = '']) =>
        list.split(',').map((each): [string, boolean] => {
          const [gate = '', value] = each.split('=');
          return [gate, value !== 'false'];
        }),
      ),
    ),
  );
}
