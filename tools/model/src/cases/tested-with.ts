import { providedCapabilities, requiredCapabilities, requiredComponents } from '../load/requirements.ts';
import { allRequests, neededCapabilities, providedServices, serviceCapability } from '../load/services.ts';
import type { Component, Workspace } from '../load/workspace.ts';
import type { ComponentTest } from './component-test.ts';

/**
 * Names of the components that can be in a cluster of a component's test cases: itself, those that the cases name, and
 * what each of them requires. Of a capability every provider counts, since choices decide between them. Sorted.
 */
export function testedWith(
  { components }: Workspace,
  component: Component,
  tests: readonly ComponentTest[],
): readonly string[] {
  const reached = new Set([component.name, ...tests.flatMap(({ spec }) => (spec.also ?? []).map(({ name }) => name))]);
  const asked = new Set(tests.flatMap(({ spec }) => (spec.requests ?? []).map(({ kind }) => serviceCapability(kind))));
  for (const each of components.values())
    if (providedCapabilities(each).some(({ name }) => asked.has(name))) reached.add(each.name);
  for (const name of reached) {
    const each = components.get(name);
    if (each === undefined) continue;
    for (const required of requiredComponents(each)) reached.add(required.name);
    const capabilities = new Set([
      ...requiredCapabilities(each).map((required) => required.name),
      ...allRequests(each.spec).map(({ request }) => serviceCapability(request.kind)),
      ...providedServices(each.spec).flatMap((service) => neededCapabilities(service).map(({ name }) => name)),
    ]);
    for (const provider of components.values()) {
      if (providedCapabilities(provider).some((provided) => capabilities.has(provided.name)))
        reached.add(provider.name);
    }
  }
  return [...reached].filter((name) => components.has(name)).sort();
}
