import { compilerLabels } from '../../data/compiler-labels.ts';
import type { NamespaceClaim } from '../../plan/namespace-owners.ts';
import type { RenderedObject } from '../rendered-object.ts';
import { finishDraft, from } from './draft.ts';
import { specSpan } from './flux-input.ts';

/**
 * The Namespace of one or more components. Flux never deletes it: with it would go every object in it, whoever made
 * them (kustomize-controller docs/spec/v1/kustomizations.md, "Garbage collection").
 */
export function namespaceObject({ owner, labels }: NamespaceClaim): RenderedObject {
  const { component } = owner;
  const own = Object.entries(compilerLabels(component.name));
  const named = component.manifest.locate(['metadata', 'name']);
  return finishDraft(
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: from(component.spec.namespace, specSpan(component, ['namespace'])),
        labels: Object.fromEntries([
          ...[...labels].map(([key, { value, span }]) => [key, from(value, span)] as const),
          ...own.map(([key, value]) => [key, from(value, named)] as const),
        ]),
        annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
      },
    },
    specSpan(component, ['namespace']),
  );
}
