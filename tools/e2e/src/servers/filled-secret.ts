import type { KubernetesObject } from '../kubectl.ts';

interface SecretTemplate {
  readonly spec: {
    readonly data: readonly {
      readonly secretKey: string;
      readonly remoteRef: { readonly key: string; readonly property: string };
    }[];
    readonly target: { readonly template: { readonly data: Readonly<Record<string, string>> } };
  };
}

/**
 * The Secret that External Secrets makes of an ExternalSecret whose template names what it reads by `{{ .key }}` or
 * `{{ index . "key" }}`; `stored` has what is in the store, by `<entry>/<property>`. Throws where it reads what is not there.
 */
export function filledSecret(
  object: KubernetesObject,
  stored: (entry: string) => string,
): Readonly<Record<string, string>> {
  const { data, target } = (object as unknown as SecretTemplate).spec;
  const read = new Map(data.map(({ secretKey, remoteRef }) => [secretKey, `${remoteRef.key}/${remoteRef.property}`]));
  const fill = (text: string): string =>
    text.replace(/\{\{ (?:\.(\w+)|index \. "([^"]+)") \}\}/g, (_, plain: string | undefined, indexed: string) => {
      const entry = read.get(plain ?? indexed);
      if (entry === undefined) throw new Error(`${object.metadata.name} has no ${plain ?? indexed} among its data`);
      return stored(entry);
    });
  return Object.fromEntries(Object.entries(target.template.data).map(([key, text]) => [key, fill(text)]));
}
