import type { Diagnostic, Staged } from '@fluxwright/diagnostics';
import { diagnostic } from '@fluxwright/diagnostics';
import { by } from '@fluxwright/documents';
import { definitionPlaces, type ResolvedComponent } from '@fluxwright/model';
import { knownObjects, type RenderedCluster } from '../data/rendered-cluster.ts';
import type { ChartLibrary } from '../engines/chart-library.ts';
import { isUnset } from '../template/text-in-context.ts';
import { filledText } from '../template/value-of-text.ts';
import { type ImageName, imageName, imageText } from './image-name.ts';
import { objectImages } from './object-images.ts';

/** An image that a cluster pulls. */
export interface BilledImage extends ImageName {
  readonly components: readonly string[];
  /** `object`: one of the cluster names it; `recorded`: an object of recorded facts does; `component`: component.yaml says it. */
  readonly from: 'object' | 'recorded' | 'component';
  /** Who says so, where component.yaml does. */
  readonly source?: string;
}

/** A chart, or manifests in git, that Flux fetches for a cluster. */
export interface BilledSource {
  readonly kind: 'chart' | 'git';
  readonly url: string;
  readonly version: string;
  /** `sha256:…` of the packaged chart, or of the folder in git: of what is at hand, else as locked, else as recorded. */
  readonly digest?: string;
  readonly components: readonly string[];
}

/** Everything that a cluster takes from elsewhere: what a mirror for it has to hold. */
export interface ImageBill {
  readonly cluster: string;
  /** Sorted by their text. */
  readonly images: readonly BilledImage[];
  /** Sorted by URL and version. */
  readonly sources: readonly BilledSource[];
  /** Components of which nobody could see all that they make: their images may be more or others. Sorted. */
  readonly unseen: readonly string[];
}

/** Lists the images and sources of a cluster. An image of component.yaml that is none is a finding. */
export function imageBill(rendered: RenderedCluster, charts: ChartLibrary): Staged<ImageBill> {
  const { cluster } = rendered;
  const diagnostics: Diagnostic[] = [];
  const recorded = new Set(rendered.recorded.flatMap(({ isAtHand, resources }) => (isAtHand ? [] : resources)));
  const named: readonly NamedImage[] = [
    ...knownObjects(rendered).flatMap((resource) =>
      objectImages(resource.object).map((text) => ({
        text,
        component: resource.origin.stage?.component ?? 'flux-system',
        from: recorded.has(resource) ? ('recorded' as const) : ('object' as const),
      })),
    ),
    ...cluster.components.flatMap((resolved) =>
      startedImages(rendered, resolved, diagnostics).map((each) => ({
        ...each,
        component: resolved.component.name,
        from: 'component' as const,
      })),
    ),
  ];
  const images = [...Map.groupBy(named, ({ text }) => imageText(imageName(text) as ImageName))].map(([text, all]) =>
    billed(imageName(text) as ImageName, all),
  );
  return {
    value: {
      cluster: cluster.name,
      images: images.sort(by(imageText)),
      sources: sourcesOf(rendered, charts),
      unseen: unseenComponents(rendered),
    },
    diagnostics,
  };
}

interface NamedImage extends Pick<BilledImage, 'from' | 'source'> {
  readonly text: string;
  readonly component: string;
}

/** What is nearest to the cluster tells where an image is known from. */
function billed(name: ImageName, all: readonly NamedImage[]): BilledImage {
  const from = (['object', 'recorded', 'component'] as const).find((each) => all.some((one) => one.from === each));
  const source = all.flatMap((each) => each.source ?? [])[0];
  return {
    ...name,
    components: [...new Set(all.map(({ component }) => component))].sort(),
    from: from ?? 'object',
    ...(source === undefined ? {} : { source }),
  };
}

function startedImages(
  { cluster }: RenderedCluster,
  resolved: ResolvedComponent,
  diagnostics: Diagnostic[],
): readonly { readonly text: string; readonly source: string }[] {
  const { component } = resolved;
  return (component.spec.images ?? []).flatMap(({ image, source }, index) => {
    const path = ['spec', 'images', index, 'image'];
    const filled = filledText(cluster, resolved, { path, said: image });
    if (filled.value === undefined) {
      if (!isUnset(filled)) diagnostics.push(...filled.diagnostics);
      return [];
    }
    const { value, span } = filled.value;
    if (imageName(value) !== undefined) return [{ text: value, source }];
    diagnostics.push(
      diagnostic('load/invalid-value', {
        message: `component "${component.name}" starts an image that is none`,
        primary: span,
        note: `this is ${JSON.stringify(value)}`,
        help: 'write it as registry.example.com/name:tag, in lower case',
      }),
    );
    return [];
  });
}

function sourcesOf({ cluster, recorded }: RenderedCluster, charts: ChartLibrary): readonly BilledSource[] {
  const all = cluster.components.flatMap(({ component }): BilledSource[] => {
    const { name, spec } = component;
    const { helm, source } = spec;
    const digestOf = (chart: NonNullable<typeof helm>): string | undefined => {
      const atHand = charts.find(chart.chart.split('/').at(-1) as string, chart.version);
      if (atHand !== undefined) return `sha256:${atHand.digest}`;
      const facts = recorded.find((each) => each.component === name && each.stale === undefined)?.facts;
      return charts.lockedChart(chart) ?? facts?.spec.chart.digest;
    };
    const digest = helm && digestOf(helm);
    const place = definitionPlaces(component).find(({ isSource }) => isSource);
    const ofSource = place && (charts.source(place)?.digest() ?? charts.lockedSource(place));
    return [
      ...(helm === undefined
        ? []
        : [
            {
              kind: 'chart' as const,
              url: `${helm.repository.replace(/\/+$/, '')}/${helm.chart}`,
              version: helm.version,
              ...(digest === undefined ? {} : { digest }),
              components: [name],
            },
          ]),
      ...(source === undefined
        ? []
        : [
            {
              kind: 'git' as const,
              url: source.git,
              version: Object.values(source.ref).join(' '),
              ...(ofSource === undefined ? {} : { digest: ofSource }),
              components: [name],
            },
          ]),
    ];
  });
  return [...Map.groupBy(all, ({ url, version }) => `${url} ${version}`)]
    .flatMap(([, same]) => {
      const [first] = same;
      return first === undefined ? [] : { ...first, components: same.flatMap(({ components }) => components).sort() };
    })
    .sort(
      by(
        ({ url }) => url,
        ({ version }) => version,
      ),
    );
}

/** Charts that are neither at hand nor recorded for what the cluster gives them, and manifests of other repositories. */
function unseenComponents({ cluster, charted, recorded }: RenderedCluster): readonly string[] {
  return cluster.components
    .map(({ component }) => component)
    .filter(({ name, spec }) => {
      if (spec.source !== undefined) return true;
      if (spec.helm === undefined || charted.includes(name)) return false;
      return !recorded.some(({ component, release }) => component === name && release.unsure.size === 0);
    })
    .map(({ name }) => name)
    .sort();
}
