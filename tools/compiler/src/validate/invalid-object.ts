import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { engineLimit } from '@fluxwright/flux';
import { objectTitle } from '@fluxwright/kubernetes';
import type { SchemaLookup } from '@fluxwright/kubernetes-schemas';
import type { Violation } from 'kubeconform-wasm';
import { objectFinding } from '../data/object-finding.ts';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import type { ProofContext } from './check.ts';
import { type SchemaFault, schemaFaults } from './schema-faults.ts';

/**
 * Every object keeps the strict schema of its kind in the cluster's own Kubernetes, in the definition that the cluster brings, or
 * in the operator's release that the schema set pins: kubeconform decides. Where the chart is not at hand and installs another
 * release than that one, what the releases may differ in is a warning. Kinds without a schema are the matter of {@link unknownKind}.
 */
export async function invalidObject({ rendered, applied, schemas }: ProofContext): Promise<readonly Diagnostic[]> {
  const judged = schemas.judge(applied.map(({ object }) => object));
  const verdicts = await judged.catch((error: unknown) => engineLimit(error) ?? Promise.reject(error));
  if (typeof verdicts === 'string') return [unjudged(rendered, verdicts)];
  return applied.flatMap((resource, index) => findings(resource, verdicts[index] ?? [], schemas.schemas));
}

/** They were judged together: which of them took the time is not known. */
function unjudged({ cluster }: RenderedCluster, reason: string): Diagnostic {
  return diagnostic('validate/schema', {
    message: `the objects of the cluster "${cluster.name}" could not be held against their schemas: ${reason}`,
    primary: { file: cluster.file, start: { line: 1, column: 1 } },
    help: 'look for an object, or a definition, of unusual size among those that came last; a busy machine is told to try again',
  });
}

function findings(resource: Resource, violations: readonly Violation[], schemas: SchemaLookup): Diagnostic[] {
  const { apiVersion, kind, object } = resource;
  const schema = schemas.schema(apiVersion, kind) ?? {};
  return schemaFaults(violations, object, schema).map((fault) => finding(resource, fault, schemas));
}

/** The text of a Secret's values is said nowhere. */
function finding(resource: Resource, fault: SchemaFault, schemas: SchemaLookup): Diagnostic {
  const { message, note, releaseBound, ...fields } = fault;
  const isSecret = resource.kind === 'Secret' && /^(data|stringData)$/.test(String(fault.at[0]));
  const installed = releaseBound && schemas.describe(resource.apiVersion, resource.kind)?.source.installed?.release;
  const origin = originOf(resource, schemas);
  return objectFinding(installed ? 'validate/other-release' : 'validate/schema', resource, {
    ...fields,
    message: `${objectTitle(resource)} ${message}`,
    ...(note === undefined || isSecret ? {} : { note }),
    help: installed
      ? `look it up: ${installed} is installed, and the schema is of another release (${origin})`
      : `${fields.help ?? 'change the value'} (${origin})`,
  });
}

/** Who says so: a custom resource's schema may be of another release than the chart's. */
function originOf({ apiVersion, kind }: Resource, schemas: SchemaLookup): string {
  const source = schemas.describe(apiVersion, kind)?.source;
  if (source === undefined || source.module === 'k8s.io/kubernetes') {
    return `${apiVersion} ${kind} of Kubernetes ${schemas.kubernetesVersion}`;
  }
  if (source.registry === 'definition') return `${apiVersion} ${kind} as ${source.module} defines it`;
  return `${apiVersion} ${kind} of ${source.module} ${source.release ?? source.version}`;
}
