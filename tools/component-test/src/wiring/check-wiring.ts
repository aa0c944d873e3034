import { componentOutput, type RenderCache } from '@fluxwright/compiler';
import { type Diagnostic, diagnostic, type Label } from '@fluxwright/diagnostics';
import {
  formatPath,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  referredSchema,
  valueAt,
} from '@fluxwright/documents';
import { type Component, checkValues, type ResolvedCluster } from '@fluxwright/model';
import { firstValid, otherValues } from './other-values.ts';
import { sampleValue } from './sample-value.ts';
import { setValue } from './set-value.ts';
import { anyStep, type Mark, type ValueKey, valueKeys } from './value-keys.ts';

export interface WiringInput {
  readonly component: Component;
  /** The clusters of the cases that compile: the choices under which a key may do something. */
  readonly clusters: readonly ResolvedCluster[];
  readonly cache: RenderCache;
}

/**
 * Finds keys of values.schema.json that do nothing: each is given other values that the schema allows, in each case in
 * turn, until the component's output changes. A key for which that never happens must say why
 * (`x-fluxwright-unwired`); a key that says so and does change the output is a finding, too.
 */
export function checkWiring(input: WiringInput): readonly Diagnostic[] {
  const { component, clusters, cache } = input;
  const trials = clusters.flatMap((cluster) => {
    const values = cluster.components.find((each) => each.component.name === component.name)?.values.value;
    const output = values && componentOutput(cluster, { component, values }, cache);
    return output === undefined ? [] : [{ cluster, values, output }];
  });
  const keys = valueKeys(component.schema.value);
  const found = keys.map((key) => ({ key, effect: effectOf(key, input, trials as Trial[]) }));
  const unwired = found.filter(({ key, effect }) => key.mark === undefined && effect !== 'changes' && !isFixed(key));
  return [...unwired.map((each) => unwiredValue(component, each)), ...staleMarks(component, found)];
}

/** A case: its cluster, the component's values in it, and what they give. */
interface Trial {
  readonly cluster: ResolvedCluster;
  readonly values: JsonObject;
  readonly output: string;
}

/** `untried`: no other value was found that the schema allows. */
type Effect = 'changes' | 'none' | 'untried';

/** True where the schema allows one value only. */
function isFixed({ schema }: ValueKey): boolean {
  return schema.const !== undefined || (Array.isArray(schema.enum) && schema.enum.length === 1);
}

function effectOf(key: ValueKey, { component, cache }: WiringInput, trials: readonly Trial[]): Effect {
  let tried = false;
  for (const { cluster, values, output } of trials) {
    for (const other of changedValues(component, key, values)) {
      const changed = componentOutput(cluster, { component, values: other }, cache);
      if (changed !== undefined && changed !== output) return 'changes';
      tried = true;
    }
  }
  return tried ? 'none' : 'untried';
}

/** The values with another one at the key, as the schema allows them. */
function changedValues(component: Component, { path, schema }: ValueKey, values: JsonObject): readonly JsonObject[] {
  const root = component.schema.value;
  const [base, place] = concrete(root, values, path);
  const others = otherValues(root, schema, valueAt(base, place));
  const changed = (other: JsonValue): JsonObject => setValue(base, place, other) as JsonObject;
  return firstValid(others, (other) => checkValues(component, changed(other)).length === 0).map(changed);
}

/** Replaces each `*` of a path by the first item or key there; where there is none, one is made. */
function concrete(root: JsonValue, values: JsonObject, path: JsonPath): readonly [JsonObject, JsonPath] {
  let base = values;
  const place: (string | number)[] = [];
  for (const step of path) {
    if (step !== anyStep) {
      place.push(step);
      continue;
    }
    const schema = schemaAt(root, root, path.slice(0, place.length));
    const { key, item } = firstPlace(isObject(schema) ? schema : {}, valueAt(base, place));
    if (valueAt(base, [...place, key]) === undefined)
      base = setValue(base, [...place, key], sampleValue(root, item)) as JsonObject;
    place.push(key);
  }
  return [base, place];
}

/** The first place of a list or map, there or to be made, and the schema of what stands in it. */
function firstPlace(
  { items, additionalProperties }: JsonObject,
  holder: JsonValue | undefined,
): { readonly key: string | number; readonly item: JsonValue | undefined } {
  if (Array.isArray(holder) || items !== undefined) return { key: 0, item: items };
  return { key: Object.keys(isObject(holder) ? holder : {})[0] ?? 'changed', item: additionalProperties };
}

/** The schema of the value at a path, references followed; combinations are not looked into. */
function schemaAt(root: JsonValue, node: JsonValue | undefined, path: JsonPath): JsonValue | undefined {
  const resolved = isObject(node) && typeof node.$ref === 'string' ? referredSchema(node.$ref, root) : node;
  const [step, ...rest] = path;
  if (step === undefined || !isObject(resolved)) return resolved;
  const { properties, items, additionalProperties } = resolved;
  const below =
    step === anyStep ? (items ?? additionalProperties) : isObject(properties) ? properties[step] : undefined;
  return schemaAt(root, below, rest);
}

function unwiredValue(component: Component, { key: { path, schemaPath }, effect }: FoundKey): Diagnostic {
  const untried = effect === 'untried';
  return diagnostic('test/unwired-value', {
    message: `component "${component.name}": no test case shows that the value ${formatKey(path)} does anything`,
    primary: component.schema.locate(schemaPath, 'key'),
    note: untried
      ? 'no other value was found that the schema allows'
      : 'other values give the same output in every case',
    help: untried
      ? 'give the schema two "examples"'
      : 'hand it to the chart or a template, add a case in which it counts, or say why not in "x-fluxwright-unwired"',
  });
}

interface FoundKey {
  readonly key: ValueKey;
  readonly effect: Effect;
}

/** A mark stands for all keys below it, so it is stale only where each of them does something. */
function staleMarks({ name, schema }: Component, found: readonly FoundKey[]): readonly Diagnostic[] {
  const marks = new Map<string, { mark: Mark; effects: Effect[]; path: JsonPath }>();
  for (const { key, effect } of found) {
    if (key.mark === undefined) continue;
    const known = marks.get(key.mark.schemaPath.join('\0')) ?? { mark: key.mark, effects: [], path: key.path };
    known.effects.push(effect);
    marks.set(key.mark.schemaPath.join('\0'), known);
  }
  const stale = [...marks.values()].filter(({ effects }) => effects.every((effect) => effect === 'changes'));
  return stale.map(({ mark, path }) => {
    const declared: Label = { span: schema.locate(mark.schemaPath, 'key'), message: 'this key' };
    return diagnostic('test/stale-mark', {
      message: `component "${name}" says that the value ${formatKey(path)} does nothing, and it does`,
      primary: schema.locate([...mark.schemaPath, 'x-fluxwright-unwired'], 'key'),
      note: 'another value changes the output',
      labels: [declared],
      help: 'remove "x-fluxwright-unwired"',
    });
  });
}

/** `buckets[*].name`: a path of the schema, for people. */
function formatKey(path: JsonPath): string {
  return formatPath(path).replaceAll('["*"]', '[*]');
}
