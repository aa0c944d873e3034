import { type Diagnostic, diagnostic, didYouMean, listWords } from '@fluxwright/diagnostics';
import { isOutside, type ObjectId, objectKey } from '@fluxwright/kubernetes';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { isInEveryCluster } from '../needs/catalogue-facts.ts';
import { definition } from '../needs/definition.ts';
import { isSeen } from '../needs/is-seen.ts';
import { type MatchedNeed, type NeedMatches, storeKey } from '../needs/match-needs.ts';
import type { ServicePromise } from '../needs/need.ts';
import { needyTitle, thingTitle } from '../needs/need-title.ts';
import { provisionSpan } from '../needs/provision.ts';
import { needFinding } from './need-finding.ts';

/**
 * Everything that is needed is provided by somebody in the cluster, Secrets and ConfigMaps with the keys that are read. What is
 * in a store outside (an entry of a secret store, a bucket) is judged where somebody says what is in that store: others are
 * filled from elsewhere.
 */
export function proveProviders(found: NeedMatches, rendered: RenderedCluster): readonly Diagnostic[] {
  const { matches, stores } = found;
  const isKnown = servicesKnown(rendered);
  const addressed = new Set<string>();
  return matches.flatMap((match) => {
    const { need, keyless, missingKeys } = match;
    if (!isMissing(match)) return [];
    if (need.isAddress === true) {
      // A value reaches many objects of a chart: the first place, that of the tree, tells of it.
      const once = `${need.stage.component} ${objectKey(need.id)} ${missingKeys.map(({ text }) => text).join()}`;
      if (addressed.has(once)) return [];
      addressed.add(once);
    }
    if (need.promise !== undefined) return [unkept(match, need.promise)];
    return [keyless.length === 0 ? missingProvider(match, found) : missingKey(match)];
  });

  function isMissing({ need, keyless, missingKeys, isGiven }: MatchedNeed): boolean {
    if (isGiven || need.optional || (keyless.length > 0 && missingKeys.length === 0)) return false;
    // What is promised must be made, whatever else is in that store.
    if (isOutside(need.id.kind)) return need.promise !== undefined || stores.has(storeKey(need.id));
    return need.id.kind !== 'Service' || keyless.length > 0 || isKnown(need.id);
  }
}

/**
 * Whether all Services of a namespace can be seen: those of a chart that is not at hand nobody knows, and what lives in the
 * namespaces of the cluster itself is not all from here.
 */
function servicesKnown(rendered: RenderedCluster): (id: ObjectId) => boolean {
  const components = rendered.cluster.components.map(({ component }) => component);
  const unseen = new Set(components.filter((each) => !isSeen(each, rendered)).map(({ spec }) => spec.namespace));
  return ({ namespace }) =>
    namespace !== undefined &&
    !unseen.has(namespace) &&
    !isInEveryCluster({ group: '', kind: 'Namespace', name: namespace });
}

function missingProvider({ need }: MatchedNeed, { provisions, refuted, stores }: NeedMatches): Diagnostic {
  const { id } = need;
  const store = isOutside(id.kind) ? stores.get(storeKey(id)) : undefined;
  const alike = provisions.filter((each) => each.id.kind === id.kind && each.id.group === id.group);
  const promised = [...refuted].filter((each) => objectKey(each.id) === objectKey(id));
  const elsewhere = alike.find((each) => each.id.name === id.name);
  return needFinding('prove/missing-provider', need, {
    message: `${needyTitle(need)} needs ${thingTitle(id)}, which nothing in the cluster provides`,
    note: `no ${id.kind} "${id.name}"${id.namespace === undefined ? '' : ` in ${placeOf(id)}`}`,
    labels: [
      ...(store === undefined ? [] : [{ span: provisionSpan(store), message: 'what is there comes from here' }]),
      ...promised.map((each) => ({ span: provisionSpan(each), message: 'declared here, and not made' })),
      ...(elsewhere === undefined
        ? []
        : [{ span: provisionSpan(elsewhere), message: `one is in ${placeOf(elsewhere.id)}` }]),
    ],
    help:
      didYouMean(
        id.name,
        alike
          .filter((each) => store === undefined || each.id.namespace === id.namespace)
          .map((each) => each.id.name)
          .filter((name) => name !== id.name),
      ) ??
      (promised.length > 0
        ? 'let the chart make it, by its values or its version, or correct the declaration'
        : remedy(id)),
  });
}

/** A promise is broken where it was made, whoever it was made to. */
function unkept(
  { need, keyless, missingKeys }: MatchedNeed,
  { provider, kind, key, said, asked }: ServicePromise,
): Diagnostic {
  const names = missingKeys.map(({ text }) => text);
  const has = [...new Set(keyless.flatMap((each) => [...(each.keys ?? [])]))].sort();
  const isThere = keyless.length > 0;
  return diagnostic('prove/service-unkept', {
    message: isThere
      ? `"${provider}" says of the ${kind} ${key} that there is ${thingTitle(need.id, names)}, which nobody puts there`
      : `"${provider}" says of the ${kind} ${key} that there is ${thingTitle(need.id)}, which nothing makes`,
    primary: said,
    note: isThere ? `it has ${listWords(has, 'and')}` : `no ${need.id.kind} "${need.id.name}" in ${placeOf(need.id)}`,
    labels: [
      { span: asked, message: 'it is asked for here' },
      ...keyless.slice(0, 1).map((each) => ({ span: provisionSpan(each), message: 'it is made here' })),
    ],
    help:
      (isThere ? didYouMean(names[0] ?? '', has) : undefined) ??
      `let ${kind === 'pair' ? 'its templates for pairs' : `services/${kind}.yaml.hbs of "${provider}"`} make it, or say in provides.kinds what its operator makes`,
  });
}

function remedy({ kind, namespace, name }: ObjectId): string {
  if (isOutside(kind)) {
    return `have it made there; where somebody makes it by hand, write given: [{kind: ${kind}, namespace: ${namespace}, name: ${name}}]`;
  }
  return kind === definition.kind
    ? 'add the component that brings it, or name it in the provides.crds of that component'
    : `make it; name it in provides.objects where a chart makes it, with atRuntime: true where a program does, or in given where somebody hands "${name}" to the cluster`;
}

function missingKey({ need, keyless, missingKeys }: MatchedNeed): Diagnostic {
  const keys = [...new Set(keyless.flatMap((each) => [...(each.keys ?? [])]))].sort();
  const [first] = missingKeys;
  const at = first === undefined || first.path.length === 0 ? need.at : first.path;
  const names = missingKeys.map(({ text }) => text);
  if (need.id.kind === 'Service') {
    return needFinding('prove/missing-key', need, {
      message: `${needyTitle(need)} asks for ${thingTitle(need.id, names)}, which it does not have`,
      note: `it has ${listWords(keys, 'and')}`,
      labels: keyless.slice(0, 1).map((each) => ({ span: provisionSpan(each), message: 'the Service is made here' })),
      help: 'name a port that the Service has; the port of the container behind it is another one',
    });
  }
  return needFinding(
    'prove/missing-key',
    { ...need, at },
    {
      message: `${needyTitle(need)} reads ${thingTitle(need.id, names)}, which nobody puts there`,
      note: keys.length === 0 ? 'it has no keys' : `it has ${listWords(keys, 'and')}`,
      labels: keyless.slice(0, 1).map((each) => ({ span: provisionSpan(each), message: 'it is made here' })),
      help: didYouMean(names[0] ?? '', keys) ?? 'add the key where the object is made, or read one that is there',
    },
  );
}

function placeOf({ kind, namespace }: ObjectId): string {
  if (namespace === undefined) return 'the cluster';
  return isOutside(kind) ? namespace : `the namespace "${namespace}"`;
}
