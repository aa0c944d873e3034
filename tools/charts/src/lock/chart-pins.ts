import type { Span } from '@fluxwright/diagnostics';
import {
  type Component,
  definitionPlaces,
  type LockedChart,
  type LockedSource,
  type Workspace,
} from '@fluxwright/model';

/** A chart that a component asks for. */
export interface ChartPin extends Omit<LockedChart, 'digest' | 'signedBy'> {
  readonly component: string;
  /** The line of component.yaml that says the version. */
  readonly span: Span;
  /** Public keys, one of which has to have signed it; absent where the component asks for no provenance. */
  readonly keyring?: string;
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

/** Everything the components of a workspace take from elsewhere, sorted by component; `keyringOf` reads the keys that one trusts. */
export function pinsOf({ components }: Workspace, keyringOf: (component: Component) => string | undefined): Pins {
  const all = [...components.values()];
  return {
    charts: all.flatMap((component) => {
      const { name, spec, manifest } = component;
      if (spec.helm === undefined) return [];
      const { repository, chart, version } = spec.helm;
      const keyring = keyringOf(component);
      const span = manifest.locate(['spec', 'helm', 'version']);
      const place = { repository: repository.replace(/\/+$/, ''), chart, version };
      return { component: name, ...place, span, ...(keyring !== undefined && { keyring }) };
    }),
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
