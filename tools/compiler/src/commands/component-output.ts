import { hasErrors } from '@fluxwright/diagnostics';
import type { JsonObject } from '@fluxwright/documents';
import type { Component, MergedValues, ResolvedCluster, ResolvedComponent } from '@fluxwright/model';
import { renderBootstrap } from '../bootstrap/render-bootstrap.ts';
import { namespaceOwners } from '../plan/namespace-owners.ts';
import { planCluster } from '../plan/plan-cluster.ts';
import type { RenderCache } from '../render/render-cache.ts';
import { renderStages } from '../render/render-stages.ts';
import { unansweredRequests } from '../template/unanswered-requests.ts';

/**
 * What a component's templates make of other values in a cluster that is resolved already, and what it asks for that nobody
 * answers, as one text to compare; undefined where they refuse the values.
 */
export function componentOutput(
  cluster: ResolvedCluster,
  { component, values }: { readonly component: Component; readonly values: JsonObject },
  cache: RenderCache,
): string | undefined {
  const changed = { ...cluster, components: cluster.components.map((each) => withValues(each, component, values)) };
  const plan = planCluster(changed).value;
  const only = component.name;
  const rendered = renderStages({ cluster: changed, plan, cache, namespaces: namespaceOwners(changed), only });
  if (hasErrors(rendered.diagnostics)) return undefined;
  const bootstrap = component.bootstrap.length === 0 ? undefined : renderBootstrap(changed, cache);
  if (bootstrap !== undefined && bootstrap.diagnostics.length > 0) return undefined;
  const unanswered = unansweredRequests(changed).filter(({ asker }) => asker.name === only);
  if (unanswered.some(({ asked }) => hasErrors(asked.diagnostics))) return undefined;
  return JSON.stringify([
    rendered.value.map(({ id, objects }) => [id.stage, objects.map(({ object }) => object)]),
    bootstrap?.value.map(({ path, text }) => [path, text]),
    unanswered.map(({ key, asked }) => [key, asked.value]),
  ]);
}

function withValues(resolved: ResolvedComponent, component: Component, value: JsonObject): ResolvedComponent {
  if (resolved.component.name !== component.name) return resolved;
  const values: MergedValues = { value, templateValue: value, originsOf: () => [] };
  return { ...resolved, values };
}
