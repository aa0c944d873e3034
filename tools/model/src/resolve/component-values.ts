import { type Diagnostic, type DiagnosticCode, diagnostic, didYouMean, type Span } from '@fluxwright/diagnostics';
import type { SourceDocument } from '@fluxwright/documents';
import { formatPath, isObject, limitFindings, valueAt } from '@fluxwright/documents';
import { secretsOf, seesSecret } from '../load/secret-paths.ts';
import type { Component } from '../load/workspace.ts';
import { definitionLabels } from '../schema/definition-label.ts';
import type { SchemaFinding } from '../schema/schema-findings.ts';
import { conflictsIn } from './answer-conflicts.ts';
import { unmetChoice } from './check-choices.ts';
import { type GoodValues, judgeValues } from './good-values.ts';
import { type Layer, mergeLayers } from './layered-values.ts';
import { type ComponentMembers, type ProductMembers, type Resolution, report } from './resolution.ts';
import type { MergedValues } from './resolved-cluster.ts';
import { valueLevels } from './value-levels.ts';

/** Whose values are asked for. */
export interface ValuesQuestion {
  readonly component: Component;
  readonly products: ProductMembers;
  readonly goodValues?: GoodValues;
}

/**
 * A component's values in a cluster, merged from {@link valueLevels}. What the schema forbids is reported where the strongest
 * layer sets it, and so is a value that layers of one level set differently.
 */
export function componentValues(
  resolution: Resolution,
  { component, products, goodValues }: ValuesQuestion,
): MergedValues {
  const { cluster } = resolution;
  const levels = valueLevels(resolution, component, products);
  const layers = levels.flat();
  const conflicts = conflictsIn(component, levels, cluster);
  for (const conflict of conflicts) report(resolution, 'resolve/ambiguous-value', conflict);
  const known = shared.get(component);
  if (known !== undefined && sameLayers(known.layers, layers)) return known.values;
  const values = mergeLayers(layers, component.schema.value);
  const judged = judgeValues(component.schema, values.value, { goodValues });
  if (!judged.ok) {
    resolution.diagnostics.push({ ...judged.diagnostic, cluster: cluster.name });
    return values;
  }
  const { findings, more } = judged;
  const makers = findings.map((finding) => () => valueDiagnostic(resolution, { component, values, finding }));
  resolution.diagnostics.push(...limitFindings(makers, more));
  if (findings.length === 0 && conflicts.length === 0) shared.set(component, { layers, values });
  return values;
}

/** The last good values of each component: most clusters of a fleet set nothing of their own for most components. */
const shared = new WeakMap<Component, { readonly layers: readonly Layer[]; readonly values: MergedValues }>();

function sameLayers(a: readonly Layer[], b: readonly Layer[]): boolean {
  return (
    a.length === b.length &&
    a.every((layer, index) => layer.document === b[index]?.document && layer.value === b[index]?.value)
  );
}

const codes: Readonly<Record<SchemaFinding['kind'], DiagnosticCode>> = {
  unknown: 'resolve/unknown-value',
  missing: 'resolve/missing-value',
  type: 'resolve/invalid-value',
  invalid: 'resolve/invalid-value',
};

interface ValueFinding {
  readonly component: Component;
  readonly values: MergedValues;
  readonly finding: SchemaFinding;
}

function valueDiagnostic(resolution: Resolution, { component, values, finding }: ValueFinding): Diagnostic {
  const { cluster } = resolution;
  const { kind, path, rule, schemaPath } = finding;
  // Of a secret, not even its length is told.
  const isSecret = kind !== 'missing' && seesSecret(path, secretsOf(component, values.value));
  const note = isSecret && kind !== 'unknown' ? 'this is secret and not shown' : finding.note;
  const help = isSecret && kind === 'type' ? 'mind the type: quotes make a text' : finding.help;
  const where = path.length === 0 ? 'the values' : formatPath(path);
  const subject = `component "${component.name}"`;
  const said = {
    unknown: `${subject} has no value ${where}`,
    missing: `${subject} needs the value ${where}`,
    type: `${subject}: ${where} must ${rule}`,
    invalid: `${subject}: ${where} must ${rule}`,
  };
  const inCluster = cluster.manifest.locate(['spec', 'values', component.name], 'key');
  const primary =
    kind === 'missing'
      ? (values.originsOf(path)[0] ?? values.originsOf(path.slice(0, -1), 'key')[0] ?? inCluster)
      : (values.originsOf(path, kind === 'unknown' ? 'key' : 'value')[0] ?? inCluster);
  const set = `set spec.values.${formatPath([component.name, ...path])} in ${cluster.manifest.file}`;
  const advice = kind === 'missing' ? set : help;
  return diagnostic(codes[kind], {
    cluster: cluster.name,
    message: said[kind],
    primary,
    note,
    labels:
      schemaPath === undefined
        ? []
        : [
            { span: keywordSpan(component.schema, schemaPath), message: 'the schema says so here' },
            ...definitionLabels(component.schema, schemaPath, path),
          ],
    ...(advice === undefined ? {} : { help: advice }),
  });
}

/** `"minimum": 1` as a whole, where it stands on one line. */
function keywordSpan(schema: SourceDocument, path: NonNullable<SchemaFinding['schemaPath']>): Span {
  const key = schema.locate(path, 'key');
  const { end } = schema.locate(path);
  return end !== undefined && end.line === key.start?.line ? { ...key, end } : key;
}

/** Values for a component that the cluster does not have do nothing: the author meant something else. */
export function checkUnusedValues(resolution: Resolution, members: ComponentMembers): void {
  const { workspace, cluster } = resolution;
  const isBroken = (name: string) => workspace.broken.has(`components/${name}`);
  for (const key of ['values', 'overrides'] as const) {
    for (const name of namesIn(cluster.manifest, key)) {
      if (members.has(name) || isBroken(name)) continue;
      const { note, help } = whyUnused(resolution, members, name);
      report(resolution, 'resolve/unused-values', {
        message: `cluster "${cluster.name}" sets ${key} for "${name}", which it does not have`,
        primary: cluster.manifest.locate(['spec', key, name], 'key'),
        note,
        ...(help === undefined ? {} : { help }),
      });
    }
  }
  for (const name of namesIn(cluster.manifest, 'overrides')) chartOverrides(resolution, members, name);
  unusedDefaults(resolution);
}

/** Each cluster may lack what the defaults of all set something for, but some folder has it. */
function unusedDefaults(resolution: Resolution): void {
  const { components, broken, defaults } = resolution.workspace;
  if (defaults === undefined) return;
  for (const key of ['values', 'overrides'] as const) {
    for (const name of namesIn(defaults, key)) {
      if (components.has(name) || broken.has(`components/${name}`)) continue;
      const help = didYouMean(name, components.keys());
      report(resolution, 'resolve/unused-values', {
        message: `clusters/defaults.yaml sets ${key} for "${name}", which does not exist`,
        primary: defaults.locate(['spec', key, name], 'key'),
        note: `no folder components/${name}`,
        ...(help === undefined ? {} : { help }),
      });
    }
  }
}

/** Values of a chart for a component that has none. */
function chartOverrides(resolution: Resolution, members: ComponentMembers, name: string): void {
  const { cluster } = resolution;
  const path = ['spec', 'overrides', name, 'values'];
  const component = members.get(name)?.item;
  if (component === undefined || component.spec.helm !== undefined) return;
  if (valueAt(cluster.manifest.value, path) === undefined) return;
  report(resolution, 'resolve/unused-values', {
    message: `cluster "${cluster.name}" overrides values of the chart of "${name}", which has no chart`,
    primary: cluster.manifest.locate(path, 'key'),
    labels: [{ span: component.manifest.locate(['spec'], 'key'), message: 'no helm here' }],
    help: 'change its objects by patches',
  });
}

/** The components that a manifest sets values or overrides for, sorted. */
function namesIn({ value }: Pick<SourceDocument, 'value'>, key: 'values' | 'overrides'): readonly string[] {
  const values = valueAt(value, ['spec', key]);
  return isObject(values) ? Object.keys(values).sort() : [];
}

/** Why a cluster does not have the component it sets values for, and what to do. */
function whyUnused(
  { workspace, settings }: Resolution,
  members: ComponentMembers,
  name: string,
): { readonly note: string; readonly help?: string | undefined } {
  const component = workspace.components.get(name);
  if (component === undefined) return { note: `no folder components/${name}`, help: didYouMean(name, members.keys()) };
  const unmet = unmetChoice(settings.value, component);
  if (unmet !== undefined) return { note: `its choice of ${unmet} excludes it`, help: 'remove the values' };
  return {
    note: 'no product of the cluster has it',
    help: `add "${name}" to spec.components, or remove the values`,
  };
}
