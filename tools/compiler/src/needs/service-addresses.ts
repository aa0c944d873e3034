import { isObject, type JsonObject, type JsonPath, type JsonValue, memo } from '@fluxwright/documents';
import { definition } from './definition.ts';

/** A Service that a text of an object names by its address. */
export interface ServiceAddress {
  readonly name: string;
  readonly namespace: string;
  /** Its number, where the text or the value beside it says one. */
  readonly port?: string;
  /** The value of the object. */
  readonly at: JsonPath;
}

/**
 * `<service>.<namespace>.svc`, also behind the name of a pod, before the cluster's domain and with a port
 * (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/). What a template or a variable ends in is no name.
 */
const address =
  /(?<![A-Za-z0-9_%$})>-])([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)\.([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)\.svc(?![-A-Za-z0-9_])(?:\.[a-z0-9][-a-z0-9.]*)?(?::(\d{1,5}))?/g;

const schemePorts: Readonly<Record<string, string>> = { 'http://': '80', 'https://': '443' };

/**
 * The Services that an object's texts name by address: in the values of a release, URLs of stores and issuers, names of
 * certificates, configuration in text. In the values of a release a `host` of one label with a `port` beside it is a Service
 * of the release's namespace, since nothing else has such a name in a cluster. Definitions only describe, and name none.
 */
export const serviceAddresses = memo(findAddresses);

function findAddresses(object: JsonObject): readonly ServiceAddress[] {
  if (object.kind === definition.kind) return [];
  const found: ServiceAddress[] = [];
  const namespace = isObject(object.metadata) ? object.metadata.namespace : undefined;
  const released = object.kind === 'HelmRelease' && typeof namespace === 'string' ? namespace : undefined;
  walk(object, [], undefined, (text, at, map) => {
    if (released !== undefined && at[1] === 'values' && at.at(-1) === 'host')
      found.push(...hostInRelease(text, portOf(map)).map((each) => ({ ...each, namespace: released, at })));
    if (text.includes('.svc')) found.push(...addressesIn(text, portOf(map)).map((each) => ({ ...each, at })));
  });
  return found;
}

function hostInRelease(text: string, port: string | undefined): readonly Pick<ServiceAddress, 'name' | 'port'>[] {
  const isName = /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(text) && text !== 'localhost';
  return port !== undefined && isName ? [{ name: text, port }] : [];
}

/** `beside`: the port that stands beside the text, for one that is an address and nothing else. */
function addressesIn(text: string, beside: string | undefined): readonly Omit<ServiceAddress, 'at'>[] {
  return [...text.matchAll(address)].map((match) => {
    const [whole, name = '', namespace = '', said] = match;
    const scheme = /(https?:\/\/)(?:[^\s/@]*@)?(?:[-a-z0-9*]+\.)*$/.exec(text.slice(0, match.index))?.[1];
    const port = said ?? (whole === text ? beside : schemePorts[scheme ?? '']);
    return { name, namespace, ...(port === undefined ? {} : { port }) };
  });
}

/** The `port` that stands beside a value. */
function portOf(map: JsonObject | undefined): string | undefined {
  const port = map?.port;
  return (typeof port === 'number' || typeof port === 'string') && /^\d{1,5}$/.test(String(port))
    ? String(port)
    : undefined;
}

type Visit = (text: string, at: JsonPath, map: JsonObject | undefined) => void;

function walk(value: JsonValue, at: JsonPath, map: JsonObject | undefined, visit: Visit): void {
  if (typeof value === 'string') visit(value, at, map);
  else if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) walk(each, [...at, index], undefined, visit);
  } else if (isObject(value)) {
    for (const [key, each] of Object.entries(value)) walk(each, [...at, key], value, visit);
  }
}
