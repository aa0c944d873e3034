import type { JsonPath } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { type JsonSchema, loadSchemas, type SchemaLookup, supportedVersions } from '@fluxwright/kubernetes-schemas';
import type { TreeObject } from '../../tree/tree-object.ts';
import { type ExpressionFault, type ExpressionNames, expressionFaults, typed } from '../expression-faults.ts';
import { itemsAt } from '../lint-context.ts';
import type { LintFinding, LintRule } from '../lint-rule.ts';

const verdicts = ['current', 'inProgress', 'failed'] as const;

let lookup: SchemaLookup | undefined;

/**
 * An expression that is no CEL stalls its object at once, as does a `readyExpr` with a name other than `self` and `dep`. One that
 * asks for a field its kind does not have never gives a value: a health check waits until the timeout, a `readyExpr` is
 * tried again without end (fluxcd/pkg runtime v0.110.3 cel/expression.go, cel/status_evaluator.go; kustomize-controller
 * v1.9.5 internal/controller/kustomization_controller.go, Reconcile and evalReadyExpr).
 */
export const mistypedExpression: LintRule = {
  code: 'lint/mistyped-expression',
  check: ({ dependants, dependenciesOf }) =>
    dependants.flatMap((object) => [
      ...itemsAt(object.object, ['spec', 'healthCheckExprs']).flatMap(({ index, item }) => {
        const names = fieldsOf(String(item.apiVersion), String(item.kind));
        return verdicts.flatMap((verdict) =>
          findings(object, ['spec', 'healthCheckExprs', index, verdict], {
            expression: item[verdict],
            names,
            about: `for ${item.kind}`,
            compiled: ['syntax'],
            otherwise: 'gives no value: Flux waits until the timeout',
          }),
        );
      }),
      ...dependenciesOf(object).flatMap(({ index, item, name }) =>
        findings(object, ['spec', 'dependsOn', index, 'readyExpr'], {
          expression: item.readyExpr,
          names: pairOf(object),
          about: `for its dependency ${name}`,
          compiled: ['syntax', 'name'],
          otherwise: 'gives no value: Flux asks again without end',
        }),
      ),
    ]),
};

interface Asked {
  readonly expression: unknown;
  /** Undefined where the kind has no schema. */
  readonly names: ExpressionNames | undefined;
  readonly about: string;
  /** The faults that are found when it is compiled. */
  readonly compiled: readonly ExpressionFault['of'][];
  /** What comes of the others. */
  readonly otherwise: string;
}

function findings(
  object: TreeObject,
  at: JsonPath,
  { expression, names, about, compiled, otherwise }: Asked,
): readonly LintFinding[] {
  if (typeof expression !== 'string' || names === undefined) return [];
  return expressionFaults(expression, names).map(({ of, ...fault }) => ({
    object,
    at,
    message: `${objectTitle(object)} has an expression ${about} that ${compiled.includes(of) ? 'stalls it at once' : otherwise}`,
    help: 'it is CEL over the fields of the object: see kubectl explain of its kind',
    ...fault,
  }));
}

/** A health expression begins with a field of the object. */
function fieldsOf(apiVersion: string, kind: string): ExpressionNames | undefined {
  const root = schemaOf(apiVersion, kind);
  const properties = root?.properties;
  if (root === undefined || typeof properties !== 'object' || properties === null) return undefined;
  return new Map(Object.entries(properties).map(([name, schema]) => [name, typed(root, schema as JsonSchema)]));
}

/** A readiness expression compares `self` with `dep`, both of one kind. */
function pairOf({ apiVersion, kind }: TreeObject): ExpressionNames {
  const root = schemaOf(apiVersion, kind);
  const own = root && typed(root, root);
  return new Map([
    ['self', own],
    ['dep', own],
  ]);
}

/** Custom kinds have one schema for every Kubernetes, and a rule about Flux needs no other's. */
function schemaOf(apiVersion: string, kind: string) {
  lookup ??= loadSchemas({ kubernetesVersion: supportedVersions()[0] ?? '' });
  return lookup.schema(apiVersion, kind);
}
