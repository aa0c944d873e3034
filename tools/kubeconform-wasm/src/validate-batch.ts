import { EngineError, type Session } from '@fluxwright/wasm-host';
import type { Batch } from './make-batches.ts';
import type { ValidationResult } from './validation-result.ts';

/** The guest's options: those of the API, with a name for their schema source. */
export interface GuestOptions {
  readonly source: string;
  readonly [option: string]: unknown;
}

/** One request to a guest, and how to read the schemas that it asks for. */
export interface BatchRequest {
  readonly options: GuestOptions;
  readonly batch: Batch;
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
}

type GuestResult = Pick<ValidationResult, 'status'> & { readonly part: number } & Partial<ValidationResult>;

interface GuestOutput {
  readonly results: readonly GuestResult[];
  readonly needs?: readonly string[];
}

/**
 * Validates one batch. A guest has no way out: it answers with the paths of the schemas that it does not have yet, gets
 * them, and is asked again. Each round it must want something new.
 */
export async function validateBatch(session: Session, request: BatchRequest): Promise<ValidationResult[]> {
  const { options, batch, read } = request;
  const supplied = new Set<string>();
  for (;;) {
    const input = { options, texts: batch.texts };
    const { output } = await session.call<GuestOutput>({ op: 'validate', input, parts: batch.parts });
    if (output.needs === undefined) return output.results.map((result) => complete(result, batch.inputs));
    if (output.needs.every((path) => supplied.has(path))) {
      throw new EngineError('protocol', `the engine asks again for ${output.needs.join(', ')}`);
    }
    await supply(session, options.source, output.needs, read);
    for (const path of output.needs) supplied.add(path);
  }
}

async function supply(
  session: Session,
  source: string,
  needs: readonly string[],
  read: BatchRequest['read'],
): Promise<void> {
  const found = await Promise.all(needs.map(async (path) => ({ path, document: await read(path) })));
  const present = found.filter((entry) => entry.document !== undefined);
  const absent = found.filter((entry) => entry.document === undefined).map((entry) => entry.path);
  await session.call({
    op: 'supply',
    input: { source, paths: present.map((entry) => entry.path), absent },
    parts: present.flatMap((entry) => entry.document ?? []),
  });
}

function complete(result: GuestResult, inputs: readonly number[]): ValidationResult {
  return {
    input: inputs[result.part] ?? 0,
    status: result.status,
    kind: result.kind ?? '',
    version: result.version ?? '',
    namespace: result.namespace ?? '',
    name: result.name ?? '',
    message: result.message ?? '',
    violations: result.violations ?? [],
  };
}
