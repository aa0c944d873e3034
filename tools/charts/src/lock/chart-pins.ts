import type { Span } from '@fluxwright/diagnostics';
import { definitionPlaces, type LockedChart, type LockedSource, type Workspace } from '@fluxwright/model';

/** A chart that a component asks for. */
export interface ChartPin extends Omit<LockedChart, 'digest'> {
  readonly component: string;
  /** The line of component.yaml that says the version. */
  readonly span: Span;
}

/** Manifests in git that a component asks for. */
export interface SourcePin extends Pick<LockedSource, 'git' | 'ref' | 'path'> {
  readonly component: string;
  readonly span: Span;
}

export interface Pins {
  readonly charts: readonly ChartPin[];
  readonly sources: readonly SourcePin[];
}

/** Everything the components of a workspace take from elsewhere, sorted by component. */
export function pinsOf({ components }: Workspace): Pins {
  const all = [...components.values()];
  return {
    charts: all.flatMap(({ name, spec: { helm }, manifest }) =>
      helm === undefined
        ? []
        : {
            component: name,
            repository: helm.repository.replace(/\/+$/, ''),
            chart: helm.chart,
            version: helm.version,
            span: manifest.locate(['spec', 'helm', 'version']),
          },
    ),
    sources: all.flatMap((component) =>
      definitionPlaces(component).map(({ git, ref, path, span }) => ({
        component: component.name,
        git,
        ref,
        path,
        span,
      })),
    ),
  };
}
