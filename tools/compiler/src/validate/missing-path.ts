import { posix } from 'node:path';
import { type Diagnostic, didYouMean } from '@fluxwright/diagnostics';
import { valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { objectFinding } from '../data/object-finding.ts';
import type { CheckContext } from './check.ts';

/**
 * A FluxKustomization on the cluster's own repository points at a folder of the tree: kustomize-controller fails on a
 * path its artifact does not have, and the artifact holds the cluster's folder only. Paths into other repositories
 * cannot be known here.
 */
export function missingPath({ rendered, objects }: CheckContext): readonly Diagnostic[] {
  const prefix = posix.join('/', rendered.cluster.spec.git.path);
  return objects.ofKind('kustomize.toolkit.fluxcd.io', 'Kustomization').flatMap((resource) => {
    const path = valueAt(resource.object, ['spec', 'path']);
    const source = valueAt(resource.object, ['spec', 'sourceRef', 'name']);
    const kind = valueAt(resource.object, ['spec', 'sourceRef', 'kind']);
    if (kind !== 'GitRepository' || source !== 'flux-system') return [];
    const folder = posix.relative(prefix, posix.join('/', typeof path === 'string' ? path : '.'));
    if (objects.folders.has(folder)) return [];
    const known = [...objects.folders].map((each) => `.${posix.join(prefix, each)}`);
    return objectFinding('validate/missing-reference', resource, {
      at: ['spec', 'path'],
      message: `${objectTitle(resource)} points at a folder that is not in the tree: ${String(path)}`,
      note: `no objects in ${folder}`,
      help: didYouMean(String(path), known) ?? `name a folder below .${prefix}`,
    });
  });
}
