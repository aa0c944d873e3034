import type { Api } from './api.ts';
import type { Applied } from './applied.ts';

/**
 * What of all that was applied is wrongly there, or wrongly gone, now that some FluxKustomizations are: those that prune take
 * with them what is not marked to stay. FluxKustomizations of the fleet are left out: their going is what is looked at.
 */
export async function wrongLeftovers(
  api: Api,
  applied: Applied,
  gone: ReadonlySet<string>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const [owner, objects] of applied) {
    for (const [title, { path, text = '' }] of objects) {
      if (title.startsWith('Kustomization flux-system/')) continue;
      const marked = JSON.parse(text).metadata.annotations['kustomize.toolkit.fluxcd.io/prune'] === 'disabled';
      const stays = marked || !gone.has(owner);
      const { status, body } = await api.get(path);
      const isThere =
        status === 200 &&
        (body as { metadata: { deletionTimestamp?: string } }).metadata.deletionTimestamp === undefined;
      if (isThere !== stays) wrong.push(`${title}, applied by ${owner}, is ${isThere ? 'there' : 'gone'}`);
    }
  }
  return wrong;
}
