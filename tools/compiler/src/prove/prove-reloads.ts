import { type Diagnostic, diagnostic, type Span } from '@fluxwright/diagnostics';
import { type JsonPath, memo } from '@fluxwright/documents';
import { type NamedThing, objectKey, objectTitle } from '@fluxwright/kubernetes';
import { type Reload, type ResolvedCluster, requiredObjects } from '@fluxwright/model';
import { objectFinding } from '../data/object-finding.ts';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { type CatalogueFacts, catalogueFacts } from '../needs/catalogue-facts.ts';
import { namedObject } from '../needs/named-object.ts';
import { thingsMade, thingsNeeded } from '../needs/named-things.ts';
import { servicePromises } from '../needs/service-promises.ts';
import { type StagedResource, stagedResources } from '../needs/staged-resources.ts';
import { boundServices, requestView } from '../template/bound-services.ts';
import { filledIn } from '../template/text-in-context.ts';

/**
 * Whatever is renewed, as the Secret of a certificate is (`renewed` of what a kind makes), is read by somebody who takes up the new
 * content: by an object whose controller does (`reloads` of what a kind needs), or by a program whose component says how
 * (`spec.reloads`, docs/decisions/0019). Readers are seen in the objects, in the values of charts, in the charts at hand and in
 * `requires.objects`.
 */
export function proveReloads(rendered: RenderedCluster): readonly Diagnostic[] {
  const facts = catalogueFacts(rendered.cluster);
  const staged = stagedResources([...rendered.resources, ...rendered.released]);
  const renewed = staged.flatMap((each) => renewedBy(each, facts));
  if (renewed.length === 0) return [];
  const readers = Map.groupBy(
    [...staged.flatMap((each) => readsOf(each, facts)), ...declaredReads(rendered)],
    ({ key }) => key,
  );
  const told = toldReloads(rendered);
  return renewed
    .filter(({ thing }) => !told.has(objectKey(thing.id)))
    .flatMap((each) => {
      const found = readers.get(objectKey(each.thing.id)) ?? [];
      if (found.length === 0) return [unread(each)];
      return found.filter(({ reloads }) => !reloads).map((reader) => stale(each, reader));
    });
}

/** A thing that is renewed, and the object it is made for. */
interface Renewed extends StagedResource {
  readonly thing: NamedThing;
}

interface Reader {
  /** Of the thing that is read. */
  readonly key: string;
  readonly component: string;
  /** As messages name it. */
  readonly title: string;
  readonly span: Span;
  readonly reloads: boolean;
}

function renewedBy(staged: StagedResource, facts: CatalogueFacts): readonly Renewed[] {
  return thingsMade(staged, facts)
    .filter(({ relation }) => relation.renewed === true)
    .map(({ thing }) => ({ ...staged, thing }));
}

function readsOf(staged: StagedResource, facts: CatalogueFacts): readonly Reader[] {
  const { resource, stage } = staged;
  return thingsNeeded(staged, facts).map(({ relation, thing: { id, at } }) => ({
    key: objectKey(id),
    component: stage.component,
    title: objectTitle(resource),
    span: resource.origin.trace(at).span,
    reloads: relation.reloads === true,
  }));
}

function declaredReads({ cluster }: RenderedCluster): readonly Reader[] {
  const promised = servicePromises(cluster).map(({ id, stage, promise, declared }) =>
    reader(stage.component, objectKey(id), promise?.asked ?? declared ?? { file: cluster.file }),
  );
  const required = cluster.components.flatMap((resolved) =>
    requiredObjects(resolved.component).flatMap((required) => {
      const id = namedObject(cluster, resolved, required).value;
      if (id === undefined) return [];
      return [reader(resolved.component.name, objectKey(id), resolved.component.manifest.locate(required.path))];
    }),
  );
  return [...promised, ...required];
}

function reader(component: string, key: string, span: Span): Reader {
  return { key, component, title: `component "${component}"`, span, reloads: false };
}

function secretKey(namespace: string, name: string): string {
  return objectKey({ group: '', kind: 'Secret', namespace, name });
}

/** Keys of the Secrets of which a component of their namespace says how their readers take up new content. */
function toldReloads({ cluster }: RenderedCluster): ReadonlySet<string> {
  return new Set(statementsOf(cluster).map(({ key }) => key));
}

/** What components say of Secrets: in `reloads`, in the requests for services that make them, and of the services that they make. */
const statementsOf = memo((cluster: ResolvedCluster): readonly (ReloadStatement & { readonly key: string })[] => {
  const own = cluster.components.flatMap(({ component: { name, spec, manifest } }) =>
    (spec.reloads ?? []).map((reload, index) => ({
      ...reload,
      component: name,
      key: secretKey(spec.namespace, reload.secret),
      span: manifest.locate(['spec', 'reloads', index]),
    })),
  );
  const bound = [...boundServices(cluster).values()];
  const asked = bound.flatMap(({ request, consumer, outputs: { secret } }) => {
    const { reloads } = request.said;
    if (reloads === undefined || typeof secret !== 'string') return [];
    const key = secretKey(consumer.component.spec.namespace, secret);
    return [{ ...reloads, secret, component: request.consumer, key, span: request.span }];
  });
  const made = bound.flatMap((each) => {
    const { service } = each.request;
    return (service.said.reloads ?? []).flatMap((reload, index) => {
      const path = [...service.path, 'reloads', index];
      const said = { path: [...path, 'secret'], said: reload.secret };
      const secret = filledIn(requestView(cluster, each), said).value?.value;
      if (secret === undefined) return [];
      const key = secretKey(each.consumer.component.spec.namespace, secret);
      const { component } = each.provider;
      return [{ ...reload, secret, component: component.name, key, span: component.manifest.locate(path) }];
    });
  });
  return [...own, ...asked, ...made];
});

/** What an object renews and a component says how its readers take up: the statements, with their lines. */
export function reloadsOf({ cluster }: RenderedCluster, resource: Resource): readonly ReloadStatement[] {
  const { stage } = resource.origin;
  if (stage === undefined) return [];
  const renewed = renewedBy({ resource, stage }, catalogueFacts(cluster));
  const keys = new Set(renewed.map(({ thing }) => objectKey(thing.id)));
  if (keys.size === 0) return [];
  return statementsOf(cluster).flatMap(({ key, ...statement }) => (keys.has(key) ? [statement] : []));
}

/** What a component says of a Secret that is renewed. */
export interface ReloadStatement extends Reload {
  readonly component: string;
  readonly span: Span;
}

const help =
  'say in spec.reloads of the component how its program takes up the new one: by itself, by a sidecar that tells it, by a restart';

function stale({ resource, thing }: Renewed, { component, title, span }: Reader): Diagnostic {
  return diagnostic('prove/stale-certificate', {
    message: `${title} reads ${objectTitle(thing.id)}, which is renewed, and nothing says that it takes up the new one`,
    primary: span,
    note: `component "${component}" has no reloads for it`,
    labels: [{ span: resource.origin.trace(thing.at).span, message: `${objectTitle(resource)} renews it` }],
    help,
  });
}

function unread({ resource, thing }: Renewed): Diagnostic {
  const at: JsonPath = thing.at;
  return objectFinding('prove/stale-certificate', resource, {
    at,
    message: `${objectTitle(resource)} renews ${objectTitle(thing.id)}, and nobody is known to read it`,
    note: 'no object, no value of a chart and no requires.objects names it',
    help: `${help}; name the Secret in requires.objects where its chart reads it`,
  });
}
