import type { JsonPath } from '@fluxwright/documents';
import type { ResolvedCluster } from '@fluxwright/model';
import { compilerLabels } from '../data/compiler-labels.ts';
import { type Draft, finishDraft, from } from '../render/flux/draft.ts';
import type { RenderedObject } from '../render/rendered-object.ts';

const metadata = { name: 'flux-system', namespace: 'flux-system', labels: compilerLabels() };

/**
 * The two objects that tie a cluster to its repository: the GitRepository, which checks out the cluster's folder only,
 * and the root FluxKustomization, which applies flux-system/ and with it every other FluxKustomization. The root does
 * not wait for them: it has to take new commits while a component is not ready. Deleting it by hand deletes nothing.
 */
export function syncObjects(cluster: ResolvedCluster): readonly RenderedObject[] {
  return [gitRepository(cluster), rootKustomization(cluster)];
}

function gitRepository(cluster: ResolvedCluster): RenderedObject {
  const { url, branch, path, secretRef } = cluster.spec.git;
  const setting = settingOf(cluster);
  return finishDraft(
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata,
      spec: {
        interval: '1m',
        timeout: '60s',
        url: setting(url, ['git', 'url']),
        ref: { branch: setting(branch, ['git', 'branch']) },
        secretRef: secretRef === undefined ? undefined : { name: setting(secretRef, ['git', 'secretRef']) },
        sparseCheckout: [setting(path, ['git', 'path'])],
      },
    },
    spanOf(cluster, ['git']),
  );
}

function rootKustomization(cluster: ResolvedCluster): RenderedObject {
  const path = `./${cluster.spec.git.path}/flux-system`;
  return finishDraft(
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata,
      spec: {
        interval: '10m',
        retryInterval: '1m',
        timeout: '5m',
        path: settingOf(cluster)(path, ['git', 'path']),
        prune: true,
        wait: false,
        force: false,
        deletionPolicy: 'Orphan',
        sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      },
    },
    spanOf(cluster, ['git']),
  );
}

function settingOf(cluster: ResolvedCluster): (value: string, path: JsonPath) => Draft {
  return (value, path) => from(value, spanOf(cluster, path));
}

function spanOf(cluster: ResolvedCluster, path: JsonPath) {
  return cluster.settings.originsOf(path)[0] ?? { file: cluster.file };
}
