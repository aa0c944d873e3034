import type { Diagnostic } from '@fluxwright/diagnostics';
import type { CheckContext } from './check.ts';
import { objectFinding, objectTitle } from './object-finding.ts';
import { idOf } from './object-index.ts';

/**
 * No two places make one object: kustomize refuses the pair within a folder, and across folders two FluxKustomizations
 * would overwrite each other for ever. Objects are the same by group, kind, namespace and name.
 */
export function duplicateObject({ rendered, objects }: CheckContext): readonly Diagnostic[] {
  return rendered.resources.flatMap((resource) => {
    const first = objects.find(idOf(resource));
    if (first === undefined || first === resource) return [];
    return objectFinding('validate/duplicate-object', resource, {
      at: ['metadata', 'name'],
      message: `${objectTitle(resource)} comes from two places`,
      note: 'the second',
      labels: [{ span: first.origin.trace(['metadata', 'name']).span, message: 'the first' }],
      help: 'keep one of the two, or give them different names',
    });
  });
}
