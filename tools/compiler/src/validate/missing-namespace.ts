import type { Diagnostic } from '@fluxwright/diagnostics';
import { didYouMean } from '@fluxwright/diagnostics';
import { type JsonPath, valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { objectFinding } from '../data/object-finding.ts';
import type { Resource } from '../data/rendered-cluster.ts';
import { givenNamespaces } from '../plan/namespace-owners.ts';
import type { Check, CheckContext } from './check.ts';

/**
 * Every namespace that an object lives in, or that a HelmRelease installs into, is one the tree makes or that every
 * cluster has.
 */
export const missingNamespace: Check = ({ rendered, objects }: CheckContext): readonly Diagnostic[] => {
  const made = new Set([...givenNamespaces, ...objects.ofKind('', 'Namespace').map(({ name }) => name)]);
  return rendered.resources.flatMap((resource) =>
    namespacesOf(resource)
      .filter(({ namespace }) => !made.has(namespace))
      .map(({ namespace, at }) =>
        objectFinding('validate/missing-namespace', resource, {
          at,
          message: `${objectTitle(resource)} needs the namespace "${namespace}", which nobody makes`,
          note: `no Namespace ${namespace} in this cluster`,
          help: didYouMean(namespace, made) ?? "use the component's own namespace, or add a Namespace object",
        }),
      ),
  );
};

function namespacesOf(resource: Resource): { namespace: string; at: JsonPath }[] {
  const found =
    resource.namespace === undefined ? [] : [{ namespace: resource.namespace, at: ['metadata', 'namespace'] }];
  const creates = valueAt(resource.object, ['spec', 'install', 'createNamespace']) === true;
  const target = valueAt(resource.object, ['spec', 'targetNamespace']);
  if (resource.kind !== 'HelmRelease' || creates || typeof target !== 'string') return found;
  return [...found, { namespace: target, at: ['spec', 'targetNamespace'] }];
}
