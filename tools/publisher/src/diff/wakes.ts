import { compareText, wavesOf } from '@fluxwright/documents';
import { type FluxTree, findWakes } from '@fluxwright/flux';
import type { Wake } from './tree-diff.ts';

/** Which FluxKustomizations find something new in their folder, and when their turn comes: what simulate says, by their order alone. */
export function wakesIn({ before, after }: { readonly before: FluxTree; readonly after: FluxTree }): readonly Wake[] {
  const waves = wavesOf(after.nodes.keys(), (key) => after.nodes.get(key)?.dependsOn ?? []);
  return findWakes(before, after)
    .map(({ key, added, changed, removed }) => ({
      fluxKustomization: key.replace(/^flux-system\//, ''),
      wave: (waves.get(key) ?? 0) + 1,
      objects: added.length + changed.length + removed.length,
    }))
    .sort((a, b) => a.wave - b.wave || compareText(a.fluxKustomization, b.fluxKustomization));
}
