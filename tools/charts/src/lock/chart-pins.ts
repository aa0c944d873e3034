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
    sources: all.flatMap(({ name, spec: { source }, manifest }) =>
      source === undefined
        ? []
        : {
            component: name,
            git: source.git,
            ref: source.ref as SourcePin['ref'],
            path: source.path,
            span: manifest.locate(['spec', 'source', 'ref']),
          },
    ),
  };
}

/** What a chart is called in a folder, as `helm pull` and `helm package` name it. */
export function chartFile({ chart, version }: Pick<ChartPin, 'chart' | 'version'>): string {
  return `${chart.split('/').at(-1)}-${version}.tgz`;
}

/** What the manifests of a source are called in a folder: `git/gateway-api-v1.6.1`. */
export function sourceFolder({ git, ref }: Pick<SourcePin, 'git' | 'ref'>): string {
  const repository = git
    .replace(/\/+$/, '')
    .split(/[/:]/)
    .at(-1)
    ?.replace(/\.git$/, '');
  const at = 'tag' in ref ? ref.tag : ref.commit;
  return `git/${`${repository}-${at}`.replace(/[^A-Za-z0-9._+-]/g, '_')}`;
}
