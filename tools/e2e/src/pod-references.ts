import type { Api } from './api.ts';
import type { KubernetesObject } from './kubectl.ts';

interface PodSpec {
  readonly containers: readonly {
    readonly env?: readonly {
      readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } };
    }[];
  }[];
  readonly volumes?: readonly {
    readonly secret?: { readonly secretName: string; readonly items?: readonly { readonly key: string }[] };
  }[];
}

/** A key of a Secret that the pods of a Deployment need to start, which a kubelet would see. */
export interface KeyReference {
  readonly secret: string;
  readonly key: string;
}

/** The keys of Secrets that the pods of a Deployment name. */
export function keyReferences({ spec }: KubernetesObject): readonly KeyReference[] {
  const { containers, volumes = [] } = (spec as unknown as { readonly template: { readonly spec: PodSpec } }).template
    .spec;
  return [
    ...containers.flatMap(({ env = [] }) =>
      env.flatMap(({ valueFrom }) => {
        const { secretKeyRef } = valueFrom ?? {};
        return secretKeyRef === undefined ? [] : [{ secret: secretKeyRef.name, key: secretKeyRef.key }];
      }),
    ),
    ...volumes.flatMap(({ secret }) =>
      (secret?.items ?? []).map(({ key }) => ({ secret: secret?.secretName ?? '', key })),
    ),
  ];
}

/** Those that are not in the cluster, or came with a later write than `version`. */
export async function lackingKeys(
  api: Api,
  namespace: string,
  { references, version }: { readonly references: readonly KeyReference[]; readonly version: number },
): Promise<readonly string[]> {
  const lacking: string[] = [];
  for (const { secret, key } of references) {
    const { status, body } = await api.get(`api/v1/namespaces/${namespace}/secrets/${secret}`);
    const { data = {}, metadata } = body as { data?: Record<string, string>; metadata: KubernetesObject['metadata'] };
    if (status !== 200 || !(key in data)) lacking.push(`${secret} ${key}`);
    else if (Number(metadata.resourceVersion) > version) lacking.push(`${secret} ${key}: too late`);
  }
  return lacking;
}
