/** One Kubernetes object that an engine gave. */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** As the object says it; absent where it says none. */
  readonly namespace?: string;
  /** The object's text: what Helm or kustomize prints. Integers above 2^53 are exact here only. */
  readonly yaml: string;
  /** The object as Kubernetes reads it (YAML 1.1 to JSON). */
  readonly object: Readonly<Record<string, unknown>>;
  /**
   * Where it comes from: for a chart its template, as `<chart>/templates/<file>`, with `charts/<name>/` for a subchart;
   * for a build the manifest's path in the source. Absent for what a kustomization generated.
   */
  readonly file?: string;
}

/** What a reply's JSON says of one object; its YAML and its JSON are two parts of the reply. */
export interface ObjectHead {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly file?: string;
}

const decoder = new TextDecoder();

/** A reader of `heads` that takes two of `parts` for each, from the front: call it once per list, in the reply's order. */
export function objectReader(
  parts: readonly Uint8Array[],
): <Head extends ObjectHead>(heads: readonly Head[]) => Read<Head>[] {
  let next = 0;
  const text = (): string => decoder.decode(parts[next++]);
  return (heads) =>
    heads.map((head) => ({ ...head, yaml: text(), object: JSON.parse(text()) as Record<string, unknown> }));
}

type Read<Head extends ObjectHead> = Head & Pick<RenderedObject, 'yaml' | 'object'>;
