import { isObject, type JsonObject, type JsonPath, type JsonValue } from '@fluxwright/documents';
import { isPlainOutput, type ResolvedCluster } from '@fluxwright/model';
import { type BoundService, boundServices } from '../template/bound-services.ts';
import type { Need, NeededKey } from './need.ts';
import { serviceAddresses } from './service-addresses.ts';

/**
 * What providers tell the consumers of a cluster, as needs of these: the Secret that `secret` names, with the keys of `keys`, in the
 * consumer's namespace; the Service that `host` names, with the port of `port` (docs/decisions/0065). What a contract marks as plain
 * promises nothing. Whoever makes them keeps
 * the promise: an object of the request, an operator for it, a chart.
 */
export function servicePromises(cluster: ResolvedCluster): readonly Need[] {
  return (
    [...boundServices(cluster).values()]
      // Where only a copy is, nobody is told of it.
      .filter(({ consumer }) => !cluster.standbys.includes(consumer))
      .flatMap((bound) => [...secretOf(bound), ...serviceOf(bound)])
  );
}

function secretOf(bound: BoundService): Need[] {
  const { secret, keys } = bound.outputs;
  if (typeof secret !== 'string' || isPlainOutput(bound.request.contract, 'secret')) return [];
  const { namespace } = bound.consumer.component.spec;
  const texts = isObject(keys) ? Object.entries(keys).map(([name, key]) => keyOf(name, key)) : [];
  return [need(bound, 'secret', { id: { group: '', kind: 'Secret', name: secret, namespace }, keys: texts })];
}

/** Where a consumer says itself what stands under a key, the name is the key. */
function keyOf(name: string, key: JsonValue): string {
  return typeof key === 'string' ? key : name;
}

function serviceOf(bound: BoundService): Need[] {
  const { host, port } = bound.outputs;
  if (typeof host !== 'string' || isPlainOutput(bound.request.contract, 'host')) return [];
  const place: JsonObject = { host, ...(port === undefined ? {} : { port }) };
  return serviceAddresses(place).map(({ name, namespace, port: number }) =>
    need(bound, 'host', {
      id: { group: '', kind: 'Service', name, namespace },
      keys: number === undefined ? [] : [number],
    }),
  );
}

function need(
  { request, provider }: BoundService,
  output: string,
  { id, keys }: { readonly id: Need['id']; readonly keys: readonly string[] },
): Need {
  const path: JsonPath = [...request.service.path, 'outputs', output];
  return {
    // What is attached is told of to nobody who waits for it.
    stage: { component: request.consumer, stage: request.stage === 'attach' ? 'attach' : 'install' },
    id,
    ...(keys.length === 0 ? {} : { keys: keys.map((text): NeededKey => ({ text, path: [] })) }),
    at: path,
    declared: request.span,
    promise: {
      provider: provider.component.name,
      kind: request.kind,
      key: request.key,
      said: provider.component.manifest.locate(path),
      asked: request.span,
    },
    atOnce: false,
    order: true,
    optional: false,
  };
}
