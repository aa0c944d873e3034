import type { Span } from '@fluxwright/diagnostics';
import { memo } from '@fluxwright/documents';
import type { Component } from '@fluxwright/model';
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
  return madeNamespace(owner.component, labels);
}

/** One for all clusters of a fleet where the same components ask for the same labels. */
const madeNamespace = memo(made, ([before], [now]) => haveSameLabels(before, now));

type Labels = NamespaceClaim['labels'];

function haveSameLabels(before: Labels, now: Labels): boolean {
  const [one, other] = [[...before], [...now]];
  return (
    one.length === other.length &&
    one.every(([key, { value, span }], index) => {
      const [otherKey, label] = other[index] ?? [];
      return key === otherKey && value === label?.value && isSameSpan(span, label.span);
    })
  );
}

function isSameSpan(a: Span, b: Span): boolean {
  return a.file === b.file && a.start?.line === b.start?.line && a.start?.column === b.start?.column;
}

function made(component: Component, labels: Labels): RenderedObject {
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
