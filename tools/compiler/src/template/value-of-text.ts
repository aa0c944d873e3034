import type { Staged } from '@fluxwright/diagnostics';
import type { ResolvedCluster, ResolvedComponent } from '@fluxwright/model';
import { templateContext } from './cluster-context.ts';
import { layersOf } from './layers-of.ts';
import { filledIn, type SaidText, type SaidValue, type TextView, valueIn } from './text-in-context.ts';

/** What a text of a component.yaml sees in a cluster. */
export function textView(cluster: ResolvedCluster, resolved: ResolvedComponent): TextView {
  return {
    component: resolved.component,
    context: templateContext(cluster, resolved),
    originsOf: (path) => layersOf(path, { cluster, resolved }),
  };
}

/** {@link valueIn} of a text of a component in a cluster. */
export function valueOfText(
  cluster: ResolvedCluster,
  resolved: ResolvedComponent,
  text: SaidText,
): Staged<SaidValue | undefined> {
  return valueIn(textView(cluster, resolved), text);
}

/** {@link filledIn} of a text of a component in a cluster. */
export function filledText(
  cluster: ResolvedCluster,
  resolved: ResolvedComponent,
  text: SaidText,
): Staged<SaidValue<string> | undefined> {
  return filledIn(textView(cluster, resolved), text);
}
