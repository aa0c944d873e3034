import type { Diagnostic } from '@fluxwright/diagnostics';
import { idOf, objectKey, objectTitle } from '@fluxwright/kubernetes';
import { objectFinding } from '../data/object-finding.ts';
import type { Resource } from '../data/rendered-cluster.ts';
import type { CheckContext } from './check.ts';

/**
 * No two places make one object: kustomize refuses the pair within a folder, and across folders two FluxKustomizations
 * would overwrite each other for ever. Objects are the same by group, kind, namespace and name. What one release makes
 * twice, Helm sorts out.
 */
export function duplicateObject({ applied }: CheckContext): readonly Diagnostic[] {
  const first = new Map<string, Resource>();
  return applied.flatMap((resource) => {
    const key = objectKey(idOf(resource));
    const other = first.get(key);
    if (other === undefined) first.set(key, resource);
    if (other === undefined || isOneRelease(other, resource)) return [];
    return objectFinding('validate/duplicate-object', resource, {
      at: ['metadata', 'name'],
      message: `${objectTitle(resource)} comes from two places`,
      note: 'the second',
      labels: [{ span: other.origin.trace(['metadata', 'name']).span, message: `the first${ofChart(other)}` }],
      help: 'keep one of the two, or give them different names',
    });
  });
}

function isOneRelease(a: Resource, b: Resource): boolean {
  return a.chart !== undefined && b.chart !== undefined && a.origin.stage?.component === b.origin.stage?.component;
}

function ofChart({ chart }: Resource): string {
  return chart === undefined ? '' : `: ${chart}`;
}
