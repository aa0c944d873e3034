import type { Diagnostic } from '@fluxwright/diagnostics';
import { listWords } from '@fluxwright/diagnostics';
import { formatPath, type JsonObject, memo, valueAt } from '@fluxwright/documents';
import {
  type CelFault,
  celFaults,
  type ItemFault,
  itemFaults,
  objectTitle,
  type ServerFault,
  schemaPlaces,
  serverFaults,
} from '@fluxwright/kubernetes';
import type { JsonSchema } from '@fluxwright/kubernetes-schemas';
import { objectFinding } from '../../data/object-finding.ts';
import type { Resource } from '../../data/rendered-cluster.ts';
import type { ProofContext } from '../check.ts';

interface Faults {
  readonly items: readonly ItemFault[];
  readonly rules: readonly CelFault[];
  readonly server: readonly ServerFault[];
}

/**
 * What the API server refuses in objects that keep their schema: items of a list that are one by their keys, CEL rules of
 * definitions, and what Kubernetes' own code asks of its kinds. A CEL rule that cannot be run here is passed over.
 */
export function refusedObject({ applied, schemas }: ProofContext): readonly Diagnostic[] {
  return applied.flatMap((resource) => {
    const { items, rules, server } = faultsOf(
      resource.object,
      schemas.schemas.schema(resource.apiVersion, resource.kind),
    );
    const told = new Set(items.map(({ at }) => formatPath(at.slice(0, -1))));
    return [
      ...items.map((each) => itemFinding(resource, each)),
      // Many definitions say the same of their lists by a rule.
      ...rules.filter(({ at }) => !told.has(formatPath(at))).map((each) => ruleFinding(resource, each)),
      ...server.map(({ note, ...each }) =>
        objectFinding('validate/refused-object', resource, {
          ...each,
          message: `the API server refuses ${objectTitle(resource)}: ${note}`,
        }),
      ),
    ];
  });
}

/** Clusters that share a task share its objects, and mostly their schemas. */
const faultsOf = memo((object: JsonObject, root: JsonSchema | undefined): Faults => {
  const places = root === undefined ? [] : schemaPlaces(object, root);
  return {
    items: root === undefined ? [] : places.flatMap((place) => itemFaults(place, root)),
    rules: root === undefined ? [] : places.flatMap((place) => celFaults(place, root)),
    server: serverFaults(object),
  };
});

function itemFinding(resource: Resource, { at, keys, first, missing }: ItemFault): Diagnostic {
  const list = formatPath(at.slice(0, -1));
  const title = objectTitle(resource);
  if (first === undefined)
    return objectFinding('validate/refused-object', resource, {
      at,
      message: `the API server refuses ${title}: an item of ${list} has no ${missing}`,
      note: `no ${missing}, by which items are told apart`,
      help: `add ${missing}`,
    });
  const said = keys.filter((key) => valueAt(resource.object, [...at, key]) !== undefined);
  return objectFinding('validate/refused-object', resource, {
    at: [...at, said[0] ?? keys[0] ?? ''],
    message: `the API server refuses ${title}: two items of ${list} have one ${listWords([...keys], 'and')}`,
    note: 'the second',
    labels: [{ span: resource.origin.trace([...first, said[0] ?? '']).span, message: 'the first' }],
    help: 'remove one of the two, or merge them',
  });
}

function ruleFinding(resource: Resource, { at, rule, message }: CelFault): Diagnostic {
  const place = at.length === 0 ? '' : `${formatPath(at)}: `;
  return objectFinding('validate/refused-object', resource, {
    at,
    message: `the API server refuses ${objectTitle(resource)}: ${place}${message ?? 'a rule of its definition does not hold'}`,
    note: `breaks the rule ${rule.length > 160 ? `${rule.slice(0, 160)}…` : rule}`,
    help: 'change the value so that the rule of the CustomResourceDefinition holds',
  });
}
