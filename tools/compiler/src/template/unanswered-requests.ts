import type { Span } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath } from '@fluxwright/documents';
import {
  type Component,
  type ResolvedCluster,
  requestDefaults,
  type ServiceContract,
  type ServiceRequest,
  serviceRequests,
} from '@fluxwright/model';
import { type EvaluatedTree, evaluateTree, originsIn } from './evaluate-tree.ts';
import { ownView } from './own-view.ts';

/** A request with what it asks for as a value, whoever answers it. */
export interface AskedRequest {
  readonly said: ServiceRequest;
  readonly kind: string;
  /** `<consumer>/<name>` */
  readonly key: string;
  readonly contract: ServiceContract;
  readonly span: Span;
  /** Where it stands in the manifest of who asks. */
  readonly path: JsonPath;
  readonly asker: Component;
  /** `with`, without the defaults of the contract. */
  readonly asked: EvaluatedTree;
  /** `with`, with them. */
  readonly value: JsonObject;
  /** Lines that decided what is asked for at a path of `with`. */
  originsOf(path: JsonPath): readonly Span[];
}

/**
 * The requests of a cluster's components that nobody in it answers. One for each of a list is left out: what each asks with
 * depends on the item, and the list may be empty.
 */
export function unansweredRequests(cluster: ResolvedCluster): readonly AskedRequest[] {
  const answered = new Set(cluster.services.map(({ asker, path }) => JSON.stringify([asker, path])));
  return cluster.components.flatMap((resolved) => {
    const { component } = resolved;
    return serviceRequests(component.spec).flatMap(({ request, path }): AskedRequest[] => {
      const { kind, name = kind, forEach } = request;
      const contract = component.contracts.get(kind);
      if (contract === undefined || forEach !== undefined) return [];
      if (answered.has(JSON.stringify([component.name, path]))) return [];
      const at: JsonPath = [...path, 'with'];
      const asked = evaluateTree((request.with ?? {}) as JsonObject, {
        view: ownView(cluster, resolved),
        path: at,
      });
      return [
        {
          said: request,
          kind,
          key: `${component.name}/${name}`,
          contract,
          span: component.manifest.locate(path),
          path,
          asker: component,
          asked,
          value: { ...requestDefaults(contract), ...asked.value },
          originsOf: (of) => originsIn(asked, of) ?? [component.manifest.locate([...at, ...of])],
        },
      ];
    });
  });
}
