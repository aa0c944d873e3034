import type { Span } from '@fluxwright/diagnostics';
import type { Workspace } from '@fluxwright/model';

/** A chart that a component asks for. */
export interface ChartPin {
  readonly component: string;
  /** `https://…` or `oci://…`, without a slash at the end. */
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  /** The line of component.yaml that says the version. */
  readonly span: Span;
}

/** Manifests in git that a component asks for. */
export interface SourcePin {
  readonly component: string;
  readonly git: string;
  /** A tag, or a full commit. */
  readonly ref: { readonly tag: string } | { readonly commit: string };
  /** Folder in the repository: `./config/crd`. */
  readonly path: string;
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
    sources: all.flatMap(({ name, spec: { source, definitions = [] }, manifest }) => [
      ...(source === undefined ? [] : [sourcePin(name, source, manifest.locate(['spec', 'source', 'ref']))]),
      ...definitions.map((place, index) =>
        sourcePin(name, place, manifest.locate(['spec', 'definitions', index, 'ref'])),
      ),
    ]),
  };
}

function sourcePin(
  component: string,
  { git, ref, path }: Pick<SourcePin, 'git' | 'path'> & { readonly ref: object },
  span: Span,
): SourcePin {
  return { component, git, ref: ref as SourcePin['ref'], path, span };
}
