import { EngineError, type Pool, type Reply, type Request } from '@fluxwright/wasm-host';
import { plainFault } from './plain-message.ts';
import { RenderError, type RenderFault } from './render-error.ts';

/** Calls the pool. A fault of the input becomes a RenderError, anything else stays the EngineError that it is. */
export async function callEngine<Output>(pool: Pool, request: Request, timeoutMs?: number): Promise<Reply<Output>> {
  try {
    return await pool.call<Output>(request, timeoutMs);
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'input' && isFault(error.details)) {
      throw new RenderError(plainFault(error.details));
    }
    throw error;
  }
}

function isFault(details: unknown): details is RenderFault {
  return typeof details === 'object' && details !== null && 'kind' in details && 'message' in details;
}
