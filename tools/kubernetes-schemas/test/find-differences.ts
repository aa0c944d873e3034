import type { ValidateFunction } from 'ajv';
import fc from 'fast-check';
import type { Json, JsonSchema } from '../src/json-schema.ts';
import { firstError } from './first-error.ts';
import { generateExample } from './generate-example.ts';
import { mutateExample } from './mutate-example.ts';

/** Another opinion on objects of one kind. */
export interface Oracle {
  readonly name: 'server' | 'catalogue';
  /** Examples are made from this schema as well as from ours. */
  readonly schema: JsonSchema;
  /** Path and rule that are broken, undefined for a good object. */
  readonly verdict: (object: Record<string, Json>) => string | undefined;
  /** Whether the oracle models that a null is the same as an absent key. */
  readonly knowsNull: boolean;
}

/** Our schema of a kind, compiled. */
export interface Judge {
  readonly schema: JsonSchema;
  readonly validate: ValidateFunction;
}

/** What was found on one kind. */
export interface Findings {
  /** `ours refuses /spec/x required`, `reference refuses …`, each once. */
  readonly differences: readonly string[];
  readonly accepted: number;
  readonly refused: number;
}

const EXAMPLES = 12;

/** Lets our schema and an oracle judge generated objects and mutants of them. The sample is the same on each run. */
export function findDifferences(ours: Judge, oracle: Oracle, identity: Record<string, Json>): Findings {
  const { schema, validate } = ours;
  const differences = new Set<string>();
  let accepted = 0;
  let refused = 0;
  for (const gen of fc.sample(fc.gen(), { numRuns: 2 * EXAMPLES, seed: 1 })) {
    const from = accepted + refused < 2 * EXAMPLES ? schema : oracle.schema;
    const example = { ...(generateExample(from, gen) as Record<string, Json>), ...identity };
    for (const object of [example, mutateExample(example, gen) as Record<string, Json>]) {
      const own = validate(object) ? undefined : firstError(validate);
      if (own === undefined) accepted++;
      else refused++;
      const difference = differenceFrom(oracle, object, own);
      if (difference !== undefined) differences.add(difference);
    }
  }
  return { differences: [...differences].sort(), accepted, refused };
}

/** In words, where only one of us refuses the object; `own` is what ours says of it. */
function differenceFrom(oracle: Oracle, object: Record<string, Json>, own: string | undefined): string | undefined {
  if (!oracle.knowsNull && hasNull(object)) return undefined;
  const other = oracle.verdict(object);
  if ((own === undefined) === (other === undefined)) return undefined;
  return own === undefined ? `reference refuses ${other}` : `ours refuses ${own}`;
}

function hasNull(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(hasNull));
}
