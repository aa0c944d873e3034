/** A server answered with something else than what was asked for, or not at all. */
export class AskError extends Error {}

export interface Question {
  readonly url: string;
  readonly body?: unknown;
  readonly authorization?: string;
  readonly timeout: number;
}

/** Asks a server for JSON: a POST where there is a body. Throws an AskError that names the address, never what was sent. */
export async function askJson({ url, body, authorization, timeout }: Question): Promise<unknown> {
  const at = url.split('?')[0];
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(authorization !== undefined && { authorization }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeout),
    });
    const text = await response.text();
    if (!response.ok) throw new AskError(`${at} answers ${response.status}`);
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof AskError) throw error;
    throw new AskError(`${at}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The value at a path of names and positions, or undefined. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string | number, unknown>)[key];
  }
  return found;
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  if (!Array.isArray(found)) throw new AskError(`the answer has no list at ${path.join('.') || 'its top'}`);
  return found;
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}
