import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { isBeside, stageKey } from '@fluxwright/model';
import type { RenderedCluster } from '../data/rendered-cluster.ts';

/** A component that is installed before Flux needs nothing that Flux installs. What stands beside it Flux makes, like all that nobody waits for. */
export function laterNeeds({ cluster, edges }: RenderedCluster): readonly Diagnostic[] {
  const byName = new Map(cluster.components.map(({ component }) => [component.name, component]));
  const isFirst = (name: string) => byName.get(name)?.spec.bootstrap?.install !== undefined;
  return edges
    .filter(({ from, to }) => !isBeside(from.stage) && isFirst(from.component) && !isFirst(to.component))
    .flatMap(({ from, to, reasons }) => {
      const [reason] = reasons;
      const component = byName.get(from.component);
      if (component === undefined) return [];
      return diagnostic('bootstrap/needs-flux', {
        message: `${stageKey(from)} is installed before Flux, and needs ${stageKey(to)}, which Flux installs`,
        primary: component.manifest.locate(['spec', 'bootstrap', 'install']),
        note: 'before Flux',
        labels: reason === undefined ? [] : [{ span: reason.span, message: reason.text }],
        help: `say bootstrap.install in component "${to.component}", too, or let Flux install "${from.component}"`,
        cluster: cluster.name,
      });
    });
}
