import { formatPath, type JsonPath, valueAt } from '@fluxwright/documents';
import { leafPaths } from '../assemble/value-path.ts';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { reloadsOf } from '../prove/prove-reloads.ts';
import { contextSecrets } from '../secret/context-secrets.ts';
import { readsSecret } from '../secret/secret-values.ts';
import { explainFlows } from './explain-flows.ts';
import { explainService } from './explain-service.ts';
import type { ExplainedValue, Explanation } from './explanation.ts';

/** Says where an object of a rendered cluster came from; with a path, where the value at that path did. */
export function explainObject(rendered: RenderedCluster, resource: Resource, path?: JsonPath): Explanation {
  const { cluster, edges } = rendered;
  const { apiVersion, kind, namespace, name, origin } = resource;
  const { stage } = origin;
  const component = cluster.components.find((each) => each.component.name === stage?.component);
  const waits = edges.filter(({ from }) => from.component === stage?.component && from.stage === stage.stage);
  const secrets = contextSecrets(cluster)(resource);
  const found =
    path === undefined
      ? leafPaths(resource.object)
          .map((each) => explainValue(resource, each))
          .filter(isMade)
      : explainPart(resource, path);
  const values = found.map((each) => withoutSecret(each, secrets));
  return {
    cluster: cluster.name,
    object: { apiVersion, kind, ...(namespace !== undefined && { namespace }), name },
    file: resource.path,
    source: origin.span,
    ...(stage && { stage }),
    ...(component && {
      component: { title: component.component.spec.title, description: component.component.spec.description },
    }),
    ...(origin.service && { service: explainService(cluster, origin.service.request) }),
    flows: path === undefined ? explainFlows(rendered, resource) : [],
    renewed: reloadsOf(rendered, resource),
    reasons: component?.reasons ?? [],
    waitsFor: waits.map(({ to, reasons }) => ({ to, reasons })),
    values,
  };

  function isMade({ template, layers }: ExplainedValue): boolean {
    return layers.length > 0 || template.file !== origin.span.file;
  }
}

/** An explanation says where a secret comes from, and not what it is. */
function withoutSecret(explained: ExplainedValue, secrets: readonly JsonPath[]): ExplainedValue {
  return explained.reads.some((read) => readsSecret(read, secrets)) ? { ...explained, value: '***' } : explained;
}

/** The value itself where it is a scalar, and every scalar in it where it is a map or list. */
function explainPart(resource: Resource, path: JsonPath): ExplainedValue[] {
  const value = valueAt(resource.object, path) ?? null;
  return leafPaths(value).map((rest) => explainValue(resource, [...path, ...rest]));
}

function explainValue(resource: Resource, path: JsonPath): ExplainedValue {
  const { span, layers, reads } = resource.origin.trace(path);
  return { path: formatPath(path), value: valueAt(resource.object, path) ?? null, template: span, layers, reads };
}
