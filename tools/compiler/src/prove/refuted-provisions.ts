import { type Diagnostic, diagnostic, didYouMean, listWords } from '@fluxwright/diagnostics';
import { type JsonValue, mapsIn, valueAt } from '@fluxwright/documents';
import { type ObjectId, objectKey } from '@fluxwright/kubernetes';
import type { ResolvedComponent } from '@fluxwright/model';
import { knownObjects, type RenderedCluster } from '../data/rendered-cluster.ts';
import type { ClusterKinds } from '../facts/cluster-kinds.ts';
import { catalogueFacts } from '../needs/catalogue-facts.ts';
import { definition } from '../needs/definition.ts';
import { isSeen, placesOf } from '../needs/is-seen.ts';
import { objectFacts } from '../needs/match-needs.ts';
import { thingTitle } from '../needs/need-title.ts';
import { type Provision, provisionSpan } from '../needs/provision.ts';
import { type StagedResource, stagedResources } from '../needs/staged-resources.ts';

/** Declared provisions that do not hold, and what is said of them. */
export interface RefutedProvisions {
  readonly refuted: ReadonlySet<Provision>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Holds what components declare that they provide (`provides`) against what they make: against their own manifests and, where it is
 * at hand, their chart. What a program makes when it runs shows in neither, and says so (`atRuntime`). A component whose
 * chart or source cannot be seen is believed.
 */
export function refutedProvisions(rendered: RenderedCluster): RefutedProvisions {
  const { cluster } = rendered;
  const facts = catalogueFacts(cluster);
  const made = Map.groupBy(stagedResources(knownObjects(rendered)), ({ stage }) => stage.component);
  const declared = Map.groupBy(facts.declared, ({ stage }) => stage?.component ?? '');
  const refuted = new Set<Provision>();
  const diagnostics = cluster.components
    .filter(({ component }) => isSeen(component, rendered))
    .flatMap((resolved) => {
      const own = made.get(resolved.component.name) ?? [];
      const provisions = own.flatMap((each) => objectFacts(each, facts).provisions);
      const found = (declared.get(resolved.component.name) ?? []).flatMap((each) => {
        const finding = refutation(each, provisions, resolved);
        if (finding !== undefined) refuted.add(each);
        return finding === undefined ? [] : [{ id: each.id, finding }];
      });
      return [...together(found, resolved), ...unguarded(resolved, own, facts.kinds), ...undefinedKinds(resolved, own)];
    });
  return { refuted, diagnostics };
}

interface Refutation {
  readonly id: ObjectId;
  readonly finding: Diagnostic;
}

/** Many definitions that are missing have one cause: a program that registers them, or a chart that lacks a part. */
function together(refutations: readonly Refutation[], { component }: ResolvedComponent): readonly Diagnostic[] {
  const crds = refutations.filter(({ id }) => id.kind === definition.kind);
  const [first, second] = crds;
  if (first === undefined || second === undefined || crds.length < 4) return refutations.map(({ finding }) => finding);
  const { primary, note } = first.finding;
  const all = diagnostic('prove/not-provided', {
    message: `component "${component.name}" declares ${crds.length} CRDs that it does not make: ${first.id.name}, ${second.id.name} and ${crds.length - 2} more`,
    ...(primary && { primary }),
    ...(note !== undefined && { note }),
    help: 'remove them; or, where a program registers them when it runs, say provides.crdsAtRuntime: true',
  });
  return [all, ...refutations.filter((each) => !crds.includes(each)).map(({ finding }) => finding)];
}

function refutation(
  declared: Provision,
  provisions: readonly Provision[],
  { component }: ResolvedComponent,
): Diagnostic | undefined {
  const { id, keys } = declared;
  const same = provisions.filter((each) => objectKey(each.id) === objectKey(id));
  const says = `component "${component.name}" declares`;
  if (same.length === 0) {
    const alike = provisions.filter((each) => each.id.kind === id.kind && each.id.group === id.group);
    const elsewhere = alike.find((each) => each.id.name === id.name);
    const names = alike.map((each) => each.id.name).filter((name) => isNear(name, id.name));
    const runtime = id.kind === definition.kind ? 'provides.crdsAtRuntime: true' : 'atRuntime: true';
    return diagnostic('prove/not-provided', {
      message: `${says} ${thingTitle(id)}, which it does not make`,
      primary: provisionSpan(declared),
      note: placesOf(component),
      labels:
        elsewhere === undefined
          ? []
          : [{ span: provisionSpan(elsewhere), message: `one is in the namespace "${elsewhere.id.namespace}"` }],
      help: didYouMean(id.name, names) ?? `remove it; or, where a program makes it when it runs, say ${runtime}`,
    });
  }
  const missing = [...(keys ?? [])].filter(
    (key) => !same.some((each) => each.keys === undefined || each.keys.has(key)),
  );
  if (missing.length === 0) return undefined;
  const there = [...new Set(same.flatMap((each) => [...(each.keys ?? [])]))].sort();
  return diagnostic('prove/not-provided', {
    message: `${says} ${thingTitle(id, missing)}, which it does not make`,
    primary: provisionSpan(declared),
    note: there.length === 0 ? 'it has no keys' : `it has ${listWords(there, 'and')}`,
    help:
      didYouMean(missing[0] ?? '', there) ?? `remove it; or, where a program adds it when it runs, say atRuntime: true`,
  });
}

/** Webhooks that no configuration among the component's objects asks for. */
function unguarded(
  { component }: ResolvedComponent,
  own: readonly StagedResource[],
  { definitionNames }: ClusterKinds,
): readonly Diagnostic[] {
  const configurations = own
    .map(({ resource }) => resource)
    .filter(({ kind }) => kind === 'ValidatingWebhookConfiguration' || kind === 'MutatingWebhookConfiguration');
  // Of a recorded one that may be otherwise its name alone is known.
  if (configurations.some(({ object }) => object.webhooks === undefined)) return [];
  const rules = configurations.flatMap(({ object }) => mapsIn(object.webhooks).flatMap((each) => mapsIn(each.rules)));
  const guards = (group: string, plural: string): boolean =>
    rules.some(
      (rule) =>
        ['*', group].some((each) => texts(rule.apiGroups).includes(each)) &&
        (plural === '' || ['*', '*/*', plural].some((each) => texts(rule.resources).includes(each))),
    );
  return (component.spec.provides?.webhooks ?? []).flatMap(({ group, kinds, atRuntime }, index) => {
    if (atRuntime === true) return [];
    const open = (kinds ?? ['']).filter((kind) => {
      const [name] = kind === '' ? [''] : definitionNames(`${group}/v1`, kind);
      return name !== undefined && !guards(group, name.split('.')[0] ?? '');
    });
    if (open.length === 0) return [];
    const which = open[0] === '' ? `the group ${group}` : `${listWords(open, 'and')} of ${group}`;
    return [
      diagnostic('prove/not-provided', {
        message: `component "${component.name}" declares a webhook for ${which}, which it does not make`,
        primary: component.manifest.locate(['spec', 'provides', 'webhooks', index]),
        note: placesOf(component),
        help: 'remove it; or, where a program registers it when it runs, say atRuntime: true',
      }),
    ];
  });
}

/** Kinds of a group that the component defines, but not this one. Kinds of other groups are others' to define. */
function undefinedKinds({ component }: ResolvedComponent, own: readonly StagedResource[]): readonly Diagnostic[] {
  const { kinds = [], dataKinds = [] } = component.spec.provides ?? {};
  const definitions = own.map(({ resource }) => resource).filter(({ kind }) => kind === definition.kind);
  if (definitions.some(({ object }) => object.spec === undefined)) return [];
  const defined = definitions.map(({ object }) => ({
    group: String(valueAt(object, ['spec', 'group'])),
    kind: String(valueAt(object, ['spec', 'names', 'kind'])),
  }));
  const declared = [
    ...kinds.map(({ group, kind }, index) => ({ group, kind, at: ['kinds', index, 'kind'] })),
    ...dataKinds.map((text, index) => {
      const dot = text.indexOf('.');
      return { group: text.slice(dot + 1), kind: text.slice(0, dot), at: ['dataKinds', index] };
    }),
  ];
  return declared.flatMap(({ group, kind, at }) => {
    const there = defined.filter((each) => each.group === group).map((each) => each.kind);
    if (there.length === 0 || there.includes(kind)) return [];
    return [
      diagnostic('prove/not-provided', {
        message: `component "${component.name}" declares the kind ${kind} of ${group}, which it does not define`,
        primary: component.manifest.locate(['spec', 'provides', ...at]),
        note: `it defines ${listWords([...new Set(there)].sort(), 'and')}`,
        help: didYouMean(kind, there) ?? 'name a kind that its definitions have',
      }),
    ];
  });
}

/** Definitions share long endings: only those of one group, or of one plural, can be meant. */
function isNear(name: string, other: string): boolean {
  const [[plural, group], [otherPlural, otherGroup]] = [parts(name), parts(other)];
  return name !== other && (group === otherGroup || plural === otherPlural);
}

function parts(name: string): readonly [string, string] {
  const dot = name.indexOf('.');
  return dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
}

function texts(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
