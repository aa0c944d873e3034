import type { Diagnostic } from '@fluxwright/diagnostics';
import { dnsLabel, groupOf, type NameRule, nameRuleOf } from '@fluxwright/kubernetes';
import { objectFinding } from '../data/object-finding.ts';
import type { Resource } from '../data/rendered-cluster.ts';
import type { CheckContext } from './check.ts';

/** Every name and namespace is one that the API server takes for the kind. */
export function invalidName({ applied, rendered }: CheckContext): readonly Diagnostic[] {
  const { version } = rendered.cluster.spec.kubernetes;
  return applied.flatMap((resource) => {
    const rule = nameRuleOf(`${groupOf(resource.apiVersion)}/${resource.kind}`, version);
    return [...refuse(resource, 'name', rule), ...refuse(resource, 'namespace', dnsLabel)];
  });
}

function refuse(resource: Resource, key: 'name' | 'namespace', rule: NameRule): Diagnostic[] {
  const name = resource[key];
  const reason = name === undefined ? undefined : rule(name);
  if (reason === undefined) return [];
  const finding = objectFinding('validate/invalid-name', resource, {
    at: ['metadata', key],
    message: `Kubernetes refuses the ${key} "${name}" of a ${resource.kind}`,
    note: reason,
    help: `change the ${key}: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/`,
  });
  return [finding];
}
