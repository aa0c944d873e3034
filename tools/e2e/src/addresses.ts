import { fluxSpec } from './fleet.ts';
import { repositoryUrl } from './gitea.ts';
import { ociBase } from './serve-charts.ts';
import type { Stack } from './stack.ts';
import type { Tree } from './tree.ts';

/** For each git address in a tree, the address of the repository of that name in the stack's Gitea. */
export function gitAddresses(stack: Stack, tree: Tree): ReadonlyMap<string, string> {
  const repositories = tree.objects.filter(({ object }) => object.kind === 'GitRepository');
  return new Map(
    repositories.map(({ object }) => [fluxSpec(object).url ?? '', repositoryUrl(stack, object.metadata.name)]),
  );
}

/** Every address of the outside becomes one of the stack: git repositories, chart repositories, OCI registries. */
export function allAddresses(stack: Stack, tree: Tree): ReadonlyMap<string, string> {
  const urls = new Map(gitAddresses(stack, tree));
  for (const { object } of tree.objects) {
    const url = fluxSpec(object).url ?? '';
    if (object.kind === 'HelmRepository') urls.set(`url: ${url}`, `url: ${stack.charts.url}`);
    if (object.kind === 'OCIRepository') {
      urls.set(`url: ${url}`, `insecure: true\n  url: oci://${ociBase(stack)}/${url.split('/').at(-1)}`);
    }
  }
  return urls;
}
