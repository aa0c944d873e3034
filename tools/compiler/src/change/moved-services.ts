import { type Diagnostic, diagnostic, listWords } from '@fluxwright/diagnostics';
import { byKey } from '@fluxwright/documents';
import { type FluxTree, placeOf, type TreeObject } from '@fluxwright/flux';
import { headerSource } from '../assemble/generated-header.ts';
import type { TreePair } from '../pair/tree-pair.ts';

/**
 * A hint for each component that gets a kind of service from another provider than before: what is kept there stays there, though no
 * object of the component needs to be lost. Who made a service is read from the first line of its files.
 */
export function movedServices({ before, after }: TreePair, cluster: string): readonly Diagnostic[] {
  const now = madeServices(after);
  return [...madeServices(before)].sort(byKey).flatMap(([key, { consumer, kind, providers, first }]) => {
    const others = now.get(key)?.providers ?? providers;
    const left = [...providers].filter((each) => !others.has(each)).sort();
    if (left.length === 0) return [];
    const given = listWords(
      [...others].sort().map((each) => `"${each}"`),
      'and',
    );
    const had = listWords(
      left.map((each) => `"${each}"`),
      'and',
    );
    return diagnostic('change/other-components', {
      message: `component "${consumer}" of cluster "${cluster}" gets its ${kind} from ${given} now`,
      primary: placeOf(first, ['metadata', 'name']),
      note: `what it keeps there with ${had} does not come along`,
      help: `copy it while both are there: fluxwright migrate ${cluster} holds what would be deleted`,
      cluster,
    });
  });
}

interface MadeService {
  readonly consumer: string;
  readonly kind: string;
  readonly providers: Set<string>;
  readonly first: TreeObject;
}

/** By consumer and kind: who makes it. */
function madeServices({ objects, files }: FluxTree): ReadonlyMap<string, MadeService> {
  const made = new Map<string, MadeService>();
  for (const object of objects) {
    const [, consumer] = /^components\/([^/]+)\/services\//.exec(object.path) ?? [];
    const source = headerSource(files.get(object.path) ?? '') ?? '';
    const [, provider, kind] = /(?:^|\/)([^/]+)\/services\/([^/]+)\.yaml\.hbs$/.exec(source) ?? [];
    if (consumer === undefined || provider === undefined || kind === undefined) continue;
    const key = `${consumer}/${kind}`;
    const known = made.get(key) ?? { consumer, kind, providers: new Set<string>(), first: object };
    known.providers.add(provider);
    made.set(key, known);
  }
  return made;
}
