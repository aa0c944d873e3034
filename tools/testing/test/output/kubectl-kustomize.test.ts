import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { kubectlBinary } from '../../src/output/kubectl-binary.ts';
import { readFolder } from '../../src/output/read-folder.ts';

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: { readonly path?: string; readonly sourceRef?: { readonly name: string } };
}

const root = resolve(import.meta.dirname, '../../../..');
const kubectl = kubectlBinary();
/** What is committed: that it is what a build makes is for CI to see. */
const output = join(root, 'generated');
const clusters = readdirSync(output).sort();

const objects = (yaml: string): KubernetesObject[] => parseAllDocuments(yaml).map((document) => document.toJS());
const identity = (object: KubernetesObject): string =>
  [object.apiVersion, object.kind, object.metadata.namespace ?? '', object.metadata.name].join(' ');
const byIdentity = (list: readonly KubernetesObject[]): Map<string, KubernetesObject> =>
  new Map(list.map((each) => [identity(each), each] as const).sort(([a], [b]) => (a < b ? -1 : 1)));

describe.skipIf(kubectl === undefined).each(clusters)('kubectl kustomize, cluster %s (linux/amd64 only)', (cluster) => {
  const tree = readFolder(join(output, cluster));
  const root = objects(tree.get('flux-system/kustomization-flux-system.yaml') ?? '')[0];
  const base = posix.join(root?.spec.path ?? '', '..');
  // What lies in bootstrap/ is for a person, before Flux: cloud-init and values beside objects.
  const folders = [...tree]
    .filter(([path]) => path.endsWith('.yaml') && !path.endsWith('/kustomization.yaml'))
    .filter(([path]) => !path.startsWith('bootstrap/'))
    .flatMap(([, text]) => objects(text))
    .filter(
      (each) =>
        each.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/') && each.spec.sourceRef?.name === 'flux-system',
    )
    .map((each) => posix.relative(base, each.spec.path ?? ''));

  test('finds folders to build', () => {
    expect(folders).toContain('flux-system');
    expect(folders.length).toBeGreaterThan(10);
  });

  test.each(folders)('%s gives the objects of its files', (folder) => {
    const built = execFileSync(
      kubectl ?? '',
      ['kustomize', join(output, cluster, folder), '--load-restrictor=LoadRestrictionsNone'],
      {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const own = folder === 'flux-system' ? ['flux-system/', 'kustomizations/'] : [`${folder}/`];
    const meant = [...tree]
      .filter(([path]) => own.some((prefix) => path.startsWith(prefix)) && !path.endsWith('/kustomization.yaml'))
      .flatMap(([, text]) => objects(text));
    expect(byIdentity(objects(built))).toEqual(byIdentity(meant));
  });
});
