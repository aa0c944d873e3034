import type { Api } from './api.ts';
import type { KubernetesObject } from './kubectl.ts';

interface ClaimSpec {
  readonly storageClassName?: string;
  readonly volumeName?: string;
  readonly accessModes: readonly string[];
  readonly resources: { readonly requests: { readonly storage: string } };
}

/**
 * Plays two controllers that the stack lacks. A storage driver: each new claim gets a volume of its own, which
 * kube-controller-manager then binds. And what helm-controller does with a suspended HelmRelease, which the stand-in leaves
 * undone: nothing, but it notes the generation it has seen, so that who waits for the object goes on
 * (https://github.com/fluxcd/helm-controller/blob/main/internal/controller/helmrelease_controller.go, Reconcile). Returns how to stop.
 */
export function playCluster(api: Api): () => void {
  const stops = [
    api.watch('api/v1/persistentvolumeclaims', ({ type, object }) => {
      const { volumeName } = object.spec as unknown as ClaimSpec;
      if (type !== 'DELETED' && volumeName === undefined) api.create('api/v1/persistentvolumes', volumeFor(object));
    }),
    api.watch('apis/helm.toolkit.fluxcd.io/v2/helmreleases', ({ type, object }) => {
      const { name, namespace, generation } = object.metadata;
      if (type === 'DELETED' || object.spec?.suspend !== true || object.status?.observedGeneration === generation)
        return;
      const path = `apis/helm.toolkit.fluxcd.io/v2/namespaces/${namespace}/helmreleases/${name}/status`;
      api.patch(path, { status: { observedGeneration: generation } });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function volumeFor({ metadata: { name, namespace, uid }, spec }: KubernetesObject): object {
  const { storageClassName = '', accessModes, resources } = spec as unknown as ClaimSpec;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `volume-${uid}` },
    spec: {
      storageClassName,
      accessModes,
      capacity: { storage: resources.requests.storage },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: '/nonexistent' },
    },
  };
}
