import type { Diagnostic } from '@fluxwright/diagnostics';
import { isObject } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { objectFinding } from '../data/object-finding.ts';
import type { CheckContext } from './check.ts';

/**
 * No Secret of the tree carries data: the tree is committed. The finding points at the map, never at a value, so that no
 * printer shows one.
 */
export function secretData({ objects }: CheckContext): readonly Diagnostic[] {
  return objects.ofKind('', 'Secret').flatMap((resource) =>
    ['data', 'stringData'].flatMap((key) => {
      const data = resource.object[key];
      if (!isObject(data) || Object.keys(data).length === 0) return [];
      return objectFinding('validate/secret-data', resource, {
        at: ['metadata', 'name'],
        message: `${objectTitle(resource)} carries ${key}, and generated trees are committed`,
        note: `${key} with ${Object.keys(data)
          .map((name) => `"${name}"`)
          .join(', ')}`,
        help: 'write an ExternalSecret that reads it from the secret store, and delete the value from the repository',
      });
    }),
  );
}
