import type { Pool } from '@fluxwright/wasm-host';
import { callEngine } from './call-engine.ts';
import { type ObjectHead, objectReader, type RenderedObject } from './rendered-object.ts';

/** What to substitute in what. */
export type SubstituteOptions = SubstituteInput & {
  /** Names are word characters; line breaks in values are dropped, as Flux does. */
  readonly variables: Readonly<Record<string, string>>;
  /** Fail on a variable that has neither value nor default: the default, as in Flux 2.9. */
  readonly strict?: boolean;
  /** Substitute defaults even when `variables` is empty (`substituteStrategy: Always`); false when left out. */
  readonly always?: boolean;
  /** Bound of this call; the pool's when left out. */
  readonly timeoutMs?: number;
};

/** Objects as one YAML stream or as data. */
export type SubstituteInput =
  | { readonly yaml: string }
  | { readonly objects: readonly Readonly<Record<string, unknown>>[] };

const encoder = new TextEncoder();

/**
 * Runs Flux's postBuild substitution over each object. An object with the label or annotation
 * `kustomize.toolkit.fluxcd.io/substitute: disabled` stays as it is. Rejects with a RenderError.
 */
export async function substituteVariables(pool: Pool, options: SubstituteOptions): Promise<RenderedObject[]> {
  // A JSON document is a YAML document: no writer of YAML is needed here.
  const stream = 'yaml' in options ? options.yaml : options.objects.map((one) => JSON.stringify(one)).join('\n---\n');
  const input = { variables: options.variables, strict: options.strict ?? true, always: options.always ?? false };
  const request = { op: 'substitute', input, parts: [encoder.encode(stream)] };
  const reply = await callEngine<{ objects: readonly ObjectHead[] }>(pool, request, options.timeoutMs);
  return objectReader(reply.parts)(reply.output.objects);
}
