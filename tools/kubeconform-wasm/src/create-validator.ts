import { EngineError } from '@fluxwright/wasm-host';
import { checkOptions } from './check-options.ts';
import { type Engine, sharedEngine } from './create-engine.ts';
import { makeBatches } from './make-batches.ts';
import type { ResourceInput } from './resource-input.ts';
import { schemaReader } from './schema-source.ts';
import { validateBatch } from './validate-batch.ts';
import type { ValidationResult } from './validation-result.ts';
import { defaultSchemaLocation, type ValidatorOptions } from './validator-options.ts';

/** kubeconform with fixed options. */
export interface Validator {
  /**
   * The verdict over every resource, in the order given. Rejects with an EngineError when the engine could not finish: of
   * kind `input` for what cannot be serialised, `timeout` or `memory` at a bound. The next call works.
   */
  validate(resources: Iterable<ResourceInput>): Promise<ValidationResult[]>;
  /** Frees what the engine keeps for this validator. Its schemas are read anew if it is used again. */
  release(): Promise<void>;
}

let sources = 0;

/** Makes a validator. Rejects with an EngineError of kind `input` for options that are wrong or that kubeconform refuses. */
export async function createValidator(options: ValidatorOptions): Promise<Validator> {
  checkOptions(options);
  const { pool }: Engine = options.engine ?? sharedEngine();
  const source = `source-${++sources}`;
  const read = schemaReader(options.schemas);
  const guestOptions = {
    source,
    kubernetesVersion: options.kubernetesVersion ?? 'master',
    schemaLocations: (options.schemaLocations ?? ['default']).map(writtenOut),
    strict: options.strict ?? false,
    ignoreMissingSchemas: options.ignoreMissingSchemas ?? false,
    skipKinds: options.skipKinds ?? [],
    rejectKinds: options.rejectKinds ?? [],
    trustSchemas: options.trustSchemas ?? false,
  };
  const validate = async (resources: Iterable<ResourceInput>): Promise<ValidationResult[]> => {
    checkList(resources);
    const batches = makeBatches(resources);
    const results = await Promise.all(
      batches.map((batch) => pool.session((session) => validateBatch(session, { options: guestOptions, batch, read }))),
    );
    return results.flat();
  };
  await pool.session((session) => validateBatch(session, { options: guestOptions, batch: emptyBatch, read }));
  return {
    validate,
    release: async () => void (await pool.call({ op: 'release', input: { source } })),
  };
}

/** The command has this name for the layout of its own schemas. */
function writtenOut(location: string): string {
  return location === 'default' ? defaultSchemaLocation : location;
}

/** A string is a list of its characters to TypeScript as well. */
function checkList(resources: unknown): void {
  if (typeof resources === 'object' && resources !== null && Symbol.iterator in resources) {
    if (!ArrayBuffer.isView(resources)) return;
  }
  throw new EngineError('input', 'validate takes a list of resources: put a single one in brackets');
}

const emptyBatch = { inputs: [], parts: [], texts: [] };
