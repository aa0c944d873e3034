import type { ValidateFunction } from 'ajv';
import fc from 'fast-check';
import type { Json, JsonSchema } from '../src/json-schema.ts';
import { compileSchema } from './compile-schema.ts';
import { firstError } from './first-error.ts';
import { generateExample } from './generate-example.ts';
import { mutateExample } from './mutate-example.ts';
import { keysIn, keysOfDefaults, reachedSchema } from './reached-schema.ts';

/** Another opinion on objects of one kind. */
export interface Oracle {
  readonly name: 'server' | 'catalogue';
  /** Examples are made from this schema as well as from ours. */
  readonly schema: JsonSchema;
  /** Path and rule that are broken, undefined for a good object; `rules` is the oracle's schema, compiled. */
  readonly verdict: (rules: ValidateFunction, object: Record<string, Json>) => string | undefined;
  /** Whether the oracle models that a null is the same as an absent key. */
  readonly knowsNull: boolean;
}

/** What was found on one kind. */
export interface Findings {
  /** `ours refuses /spec/x required`, `reference refuses …`, each once. */
  readonly differences: readonly string[];
  readonly accepted: number;
  readonly refused: number;
}

const EXAMPLES = 12;

/** Lets our schema of a kind and an oracle judge generated objects and mutants of them. The sample is the same on each run. */
export function findDifferences(schema: JsonSchema, oracle: Oracle, identity: Record<string, Json>): Findings {
  const objects = examplesOf([schema, oracle.schema], identity);
  const keys = new Set([...objects.flatMap(keysIn), ...keysOfDefaults(oracle.schema)]);
  const validate = compileSchema(reachedSchema(schema, keys));
  const rules = compileSchema(reachedSchema(oracle.schema, keys));
  const differences = new Set<string>();
  let accepted = 0;
  for (const object of objects) {
    const own = validate(object) ? undefined : firstError(validate);
    if (own === undefined) accepted++;
    if (!oracle.knowsNull && hasNull(object)) continue;
    const other = oracle.verdict(rules, object);
    if ((own === undefined) === (other === undefined)) continue;
    differences.add(own === undefined ? `reference refuses ${other}` : `ours refuses ${own}`);
  }
  return { differences: [...differences].sort(), accepted, refused: objects.length - accepted };
}

/** Examples of each schema, each followed by a mutant of it. */
function examplesOf(schemas: readonly JsonSchema[], identity: Record<string, Json>): readonly Record<string, Json>[] {
  const gens = fc.sample(fc.gen(), { numRuns: schemas.length * EXAMPLES, seed: 1 });
  return gens.flatMap((gen, index) => {
    const from = schemas[Math.floor(index / EXAMPLES)] as JsonSchema;
    const example = { ...(generateExample(from, gen) as Record<string, Json>), ...identity };
    return [example, mutateExample(example, gen) as Record<string, Json>];
  });
}

function hasNull(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(hasNull));
}
