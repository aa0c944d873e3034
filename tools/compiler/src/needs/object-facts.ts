import { isObject, type JsonObject, mapsIn, valueAt } from '@fluxwright/documents';
import { groupOf, idOf } from '@fluxwright/kubernetes';
import type { Resource } from '../data/rendered-cluster.ts';
import type { CatalogueFacts } from './catalogue-facts.ts';
import { definition } from './definition.ts';
import { thingsMade, thingsNeeded } from './named-things.ts';
import type { Need } from './need.ts';
import type { Provision } from './provision.ts';
import { serviceAddresses } from './service-addresses.ts';
import { isReleased, type StagedResource } from './staged-resources.ts';

/** What an object puts into the cluster: itself, the kind it defines, and what is made for it. */
export function provisionsOfObject(staged: StagedResource, facts: CatalogueFacts): readonly Provision[] {
  const { resource, stage } = staged;
  const { object } = resource;
  const itself: Provision = {
    id: idOf(resource),
    stage,
    ...dataKeys(object),
    resource,
    ...(isReleased(resource) ? {} : { isObject: true as const }),
  };
  return [
    itself,
    ...definedName(resource).map((name) => ({ ...itself, id: { ...definition, name } })),
    ...thingsMade(staged, facts).map(({ thing: { id, keys, at } }) => ({
      id,
      stage,
      ...(keys === undefined ? {} : { keys: new Set(keys.map(({ text }) => text)) }),
      resource,
      at,
    })),
  ];
}

/** What an object wants of the cluster: its kind, its namespace, who admits it, and what it refers to. */
export function needsOfObject(staged: StagedResource, facts: CatalogueFacts): readonly Need[] {
  const { resource, stage } = staged;
  const { apiVersion, kind, namespace } = resource;
  const common = { stage, resource, order: true, optional: false };
  const needs: Need[] = [];
  const [name, ...otherNames] = facts.kinds.definitionNames(apiVersion, kind);
  if (name !== undefined) {
    const id = { ...definition, name };
    // Helm and Flux refuse an object of a kind that is not there, whatever the chart's programs would make later.
    needs.push({ ...common, id, otherNames, at: ['kind'], atOnce: true });
  }
  if (namespace !== undefined) {
    const id = { group: '', kind: 'Namespace', name: namespace };
    // validate/missing-namespace says what nobody makes.
    needs.push({ ...common, id, at: ['metadata', 'namespace'], atOnce: true, optional: true });
  }
  for (const { group, kinds, provision } of facts.guards) {
    if (group !== groupOf(apiVersion) || (kinds !== undefined && !kinds.includes(kind))) continue;
    needs.push({ ...common, id: provision.id, at: ['kind'], atOnce: true });
  }
  for (const { name, namespace: place, port, at } of serviceAddresses(resource.object)) {
    needs.push({
      ...common,
      id: { group: '', kind: 'Service', namespace: place, name },
      ...(port === undefined ? {} : { keys: [{ text: port, path: [] }] }),
      at,
      atOnce: false,
      // A program asks again until the other answers.
      order: false,
      isAddress: true,
    });
  }
  for (const { relation, thing } of thingsNeeded(staged, facts)) {
    const { id, keys, at } = thing;
    needs.push({
      ...common,
      id,
      ...(keys === undefined || keys.length === 0 ? {} : { keys }),
      at,
      atOnce: false,
      order: relation.order !== false,
      optional: relation.optional === true,
    });
  }
  return needs;
}

/** A definition may be stored under another name than that of the kind it defines; Kubernetes then refuses it. */
function definedName({ kind, name, object }: Resource): readonly string[] {
  if (kind !== definition.kind) return [];
  const plural = valueAt(object, ['spec', 'names', 'plural']);
  const full = `${String(plural)}.${String(valueAt(object, ['spec', 'group']))}`;
  return typeof plural === 'string' && full !== name ? [full] : [];
}

/** The keys of a Secret or ConfigMap, and the ports of a Service by number and name. */
function dataKeys({ kind, apiVersion, data, stringData, binaryData, spec }: JsonObject): {
  keys?: ReadonlySet<string>;
} {
  if (kind === 'Service' && apiVersion === 'v1') {
    const ports = mapsIn(isObject(spec) ? spec.ports : undefined);
    // Without ports it is the name of something outside.
    if (ports.length === 0) return {};
    return {
      keys: new Set(ports.flatMap(({ port, name }) => [String(port), ...(typeof name === 'string' ? [name] : [])])),
    };
  }
  if (kind !== 'Secret' && kind !== 'ConfigMap') return {};
  const maps = [data, stringData, binaryData].filter(isObject);
  // Somebody else fills what is empty, as Kubernetes does with the token of a service account.
  return maps.length === 0 ? {} : { keys: new Set(maps.flatMap((map) => Object.keys(map))) };
}
