import { formatPath, isObject, type JsonObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { firstValid, otherValues } from '../../../component-test/src/wiring/other-values.ts';
import { setValue } from '../../../component-test/src/wiring/set-value.ts';
import { anyStep, type ValueKey, valueKeys } from '../../../component-test/src/wiring/value-keys.ts';

/** A property of a manifest's schema, once for each place that it stands for. */
export interface Property {
  /** For people: `spec.requires.components[*].stage`. */
  readonly name: string;
  readonly key: ValueKey;
}

/** The properties of a schema that hold no further ones, in its order; without those that have one value alone. */
export function propertiesOf(schema: JsonObject): readonly Property[] {
  const names = (path: JsonPath): string => formatPath(path).replaceAll('["*"]', '[*]');
  return valueKeys(schema)
    .filter(
      ({ schema: { const: only, enum: few } }) =>
        (only === undefined || only === true) && !(Array.isArray(few) && few.length < 2),
    )
    .map((key) => ({ name: names(key.path), key }));
}

/** The places of a manifest at which a property is set. */
export function placesOf({ key }: Property, manifest: JsonObject): readonly JsonPath[] {
  return key.path.reduce<readonly JsonPath[]>(
    (places, step) => places.flatMap((place) => stepsAt(valueAt(manifest, place), step).map((at) => [...place, at])),
    [[]],
  );
}

function stepsAt(holder: JsonValue | undefined, step: string | number): readonly (string | number)[] {
  if (Array.isArray(holder)) return step === anyStep ? holder.map((_, index) => index) : [];
  if (!isObject(holder)) return [];
  if (step === anyStep) return Object.keys(holder);
  return Object.hasOwn(holder, step) ? [step] : [];
}

/** Manifests that differ at one place alone and that the schema allows: without the property, then with other values. */
export function mutantsAt(
  { schema, property, manifest, place }: MutantInput,
  isValid: (manifest: JsonObject) => boolean,
): readonly JsonObject[] {
  const { schema: allowed } = property.key;
  const current = valueAt(manifest, place);
  const shorter = Array.isArray(current) ? [[], current.slice(1)] : [];
  const changed = [...shorter, ...otherValues(schema, allowed, current)].map((other) =>
    setValue(manifest, place, other),
  );
  return firstValid([withoutValue(manifest, place), ...changed], (each) => isObject(each) && isValid(each)).filter(
    isObject,
  );
}

interface MutantInput {
  readonly schema: JsonObject;
  readonly property: Property;
  readonly manifest: JsonObject;
  readonly place: JsonPath;
}

function withoutValue(value: JsonValue | undefined, [step, ...rest]: JsonPath): JsonValue {
  if (Array.isArray(value)) return value.map((each, index) => (index === step ? withoutValue(each, rest) : each));
  const map = isObject(value) ? value : {};
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, each]) => {
      if (key !== step) return [[key, each]];
      return rest.length === 0 ? [] : [[key, withoutValue(each as JsonValue, rest)]];
    }),
  );
}
