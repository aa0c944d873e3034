import type { KubernetesObject } from './kubectl.ts';
import type { Tree } from './tree.ts';

interface RemoteRef {
  readonly key?: string;
  readonly remoteKey?: string;
  readonly property?: string;
}

/** `entry#property` of each value that a PushSecret writes. */
export function pushedBy({ spec }: KubernetesObject): readonly string[] {
  const { data = [] } = (spec ?? {}) as {
    readonly data?: readonly { readonly match: { readonly remoteRef: RemoteRef } }[];
  };
  return data.map(({ match: { remoteRef } }) => `${remoteRef.remoteKey}#${remoteRef.property ?? ''}`);
}

/** `entry#property` of each value that an ExternalSecret reads. */
export function readBy({ spec }: KubernetesObject): readonly string[] {
  const { data = [] } = (spec ?? {}) as { readonly data?: readonly { readonly remoteRef: RemoteRef }[] };
  return data.map(({ remoteRef }) => `${remoteRef.key}#${remoteRef.property ?? ''}`);
}

/** What a tree reads from the secret store and does not write there: a person puts it in. */
export function givenIn({ objects }: Tree): readonly string[] {
  const of = (kind: string) => objects.flatMap(({ object }) => (object.kind === kind ? [object] : []));
  const pushed = new Set(of('PushSecret').flatMap(pushedBy));
  return [...new Set(of('ExternalSecret').flatMap(readBy))].filter((each) => !pushed.has(each)).sort();
}
