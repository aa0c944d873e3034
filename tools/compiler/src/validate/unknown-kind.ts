import { type Diagnostic, didYouMean } from '@fluxwright/diagnostics';
import { valueAt } from '@fluxwright/documents';
import { groupOf, objectTitle } from '@fluxwright/kubernetes';
import type { SchemaLookup } from '@fluxwright/kubernetes-schemas';
import { providedDefinitions, type ResolvedCluster } from '@fluxwright/model';
import { objectFinding } from '../data/object-finding.ts';
import { knownObjects, type RenderedCluster, type Resource } from '../data/rendered-cluster.ts';
import type { Engines } from '../engines/engines.ts';
import type { ProofContext } from './check.ts';
import { schemasFor } from './schemas-for.ts';

/**
 * A kind that has no schema is either one that the cluster's Kubernetes does not have, or a custom one: then a component
 * of the cluster, or a CustomResourceDefinition of the tree, should declare it.
 */
export async function unknownKind({ rendered, applied, schemas }: ProofContext): Promise<readonly Diagnostic[]> {
  const definitions = definedNames(rendered.cluster, knownObjects(rendered));
  return withoutSchema(applied, schemas.schemas)
    .filter((resource) => !isDefined(resource, definitions))
    .map((resource) =>
      isBuiltIn(resource, schemas.schemas) ? notInKubernetes(resource, schemas.schemas) : declaredByNobody(resource),
    );
}

/** The kinds of a cluster's objects that no schema is known of, e.g. `2 FluxReport of fluxcd.controlplane.io/v1`; sorted. */
export function uncheckedKinds(rendered: RenderedCluster, engines: Engines): readonly string[] {
  const { schemas } = schemasFor(rendered, engines);
  const kinds = Map.groupBy(
    withoutSchema(rendered.resources, schemas),
    ({ apiVersion, kind }) => `${kind} of ${apiVersion}`,
  );
  return [...kinds].map(([kind, { length }]) => `${length} ${kind}`).sort();
}

/** The objects that no schema was found for: they are applied unchecked. */
export function withoutSchema(resources: readonly Resource[], schemas: SchemaLookup): readonly Resource[] {
  return resources.filter(({ apiVersion, kind }) => schemas.describe(apiVersion, kind) === undefined);
}

function notInKubernetes(resource: Resource, schemas: SchemaLookup): Diagnostic {
  const { apiVersion, kind } = resource;
  const others = schemas.listKinds().filter((each) => each.kind === kind && each.source.module === 'k8s.io/kubernetes');
  const near = didYouMean(
    kind,
    schemas.listKinds().flatMap((each) => (each.apiVersion === apiVersion ? each.kind : [])),
  );
  const help = others.length === 0 ? near : `it is in ${others.map((each) => each.apiVersion).join(', ')}`;
  return objectFinding('validate/unknown-kind', resource, {
    at: [others.length === 0 ? 'kind' : 'apiVersion'],
    message: `Kubernetes ${schemas.kubernetesVersion} has no ${kind} in ${apiVersion}`,
    note: 'the API server would refuse it',
    help: help ?? 'see kubectl api-resources',
  });
}

function declaredByNobody(resource: Resource): Diagnostic {
  const { apiVersion, kind } = resource;
  return objectFinding('validate/no-schema', resource, {
    at: ['kind'],
    message: `nothing in the cluster declares the kind of ${objectTitle(resource)}, so it is not checked`,
    note: `no component provides a CRD for ${kind} in ${groupOf(apiVersion)}`,
    help: `add the component that brings ${pluralsOf(kind)[0]}.${groupOf(apiVersion)}, or name it in that component's provides.crds`,
  });
}

/** CRDs are never of a group without a dot, nor of a group that Kubernetes itself has. */
function isBuiltIn({ apiVersion }: Resource, schemas: SchemaLookup): boolean {
  const group = groupOf(apiVersion);
  if (!group.includes('.')) return true;
  return schemas
    .listKinds()
    .some((each) => groupOf(each.apiVersion) === group && each.source.module === 'k8s.io/kubernetes');
}

function definedNames(cluster: ResolvedCluster, resources: readonly Resource[]): ReadonlySet<string> {
  return new Set([
    ...cluster.components.flatMap(({ component }) => providedDefinitions(component).map(({ name }) => name)),
    ...resources.flatMap(({ kind, name }) => (kind === 'CustomResourceDefinition' ? name : [])),
    ...resources.flatMap(({ kind, object }) => {
      const plural = kind === 'CustomResourceDefinition' ? valueAt(object, ['spec', 'names', 'plural']) : undefined;
      return typeof plural === 'string' ? `${plural}.${String(valueAt(object, ['spec', 'group']))}` : [];
    }),
  ]);
}

function isDefined({ apiVersion, kind }: Resource, definitions: ReadonlySet<string>): boolean {
  return pluralsOf(kind).some((plural) => definitions.has(`${plural}.${groupOf(apiVersion)}`));
}

/** The plurals a kind may have: that of UnsafeGuessKindToResource in k8s.io/apimachinery pkg/api/meta, and the kind itself. */
function pluralsOf(kind: string): readonly string[] {
  const singular = kind.toLowerCase();
  if (singular.endsWith('s') || singular.endsWith('x')) return [`${singular}es`, singular];
  if (singular.endsWith('y')) return [`${singular.slice(0, -1)}ies`, `${singular}s`, singular];
  return [`${singular}s`, `${singular}es`, singular];
}
