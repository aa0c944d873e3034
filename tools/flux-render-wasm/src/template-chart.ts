import type { Pool } from '@fluxwright/wasm-host';
import { callEngine } from './call-engine.ts';
import { type FileTree, flattenTree } from './file-tree.ts';
import { type ObjectHead, objectReader, type RenderedObject } from './rendered-object.ts';

/** A chart as its files (Chart.yaml at the top; `.helmignore` is heeded) or as the bytes of a packaged `.tgz`. */
export type Chart = { readonly files: FileTree } | { readonly archive: Uint8Array };

/** What to render. */
export interface TemplateOptions {
  readonly chart: Chart;
  /** Over the chart's own values, by Helm's merge; null removes. Must be JSON data. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** `revision` is 1 and `isUpgrade` false when left out. */
  readonly release: {
    readonly name: string;
    readonly namespace: string;
    readonly revision?: number;
    readonly isUpgrade?: boolean;
  };
  /** For example `1.36.2`; charts see it as `.Capabilities.KubeVersion`. */
  readonly kubernetesVersion: string;
  /** All of `.Capabilities.APIVersions`, as `group/version` and, as a live cluster adds, `group/version/Kind`. */
  readonly apiVersions: readonly string[];
  /** Give the objects of `crds/` folders; true when left out. */
  readonly includeCrds?: boolean;
  /** HelmRelease's `disableSchemaValidation`: do not check the values against values.schema.json. */
  readonly skipSchemaValidation?: boolean;
  /** Add the notes of subcharts to `notes`. */
  readonly subchartNotes?: boolean;
  /** Bound of this call; the pool's when left out. */
  readonly timeoutMs?: number;
}

/** An object that Helm runs at an event of the release instead of keeping it. */
export interface Hook extends RenderedObject {
  readonly hook: {
    readonly events: readonly HookEvent[];
    /** Hooks of one event run in the order of weight; it is 0 when the chart gives none. */
    readonly weight: number;
    readonly deletePolicies: readonly string[];
    readonly outputLogPolicies: readonly string[];
  };
}

/** https://helm.sh/docs/topics/charts_hooks/ */
export type HookEvent = `${'pre' | 'post'}-${'install' | 'delete' | 'upgrade' | 'rollback'}` | 'test';

/** A rendered release. */
export interface TemplateResult {
  readonly chart: {
    readonly name: string;
    readonly version: string;
    readonly appVersion?: string;
    readonly deprecated?: boolean;
  };
  /** The manifest, in Helm's install order. */
  readonly objects: readonly RenderedObject[];
  /** In the order in which Helm runs those of one event. */
  readonly hooks: readonly Hook[];
  /** The objects of the `crds/` folders of the chart and its subcharts. */
  readonly crds: readonly RenderedObject[];
  readonly notes: string;
  /** Template functions that were called and whose result differs from run to run (`genCA`, `now`, `randAlphaNum` …). */
  readonly unrepeatable: readonly string[];
  /** Calls of `lookup`, which finds nothing here and may find something in a cluster. */
  readonly lookups: readonly {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  }[];
}

type Output = Pick<TemplateResult, 'chart' | 'notes' | 'unrepeatable' | 'lookups'> & {
  readonly objects: readonly ObjectHead[];
  readonly hooks: readonly (ObjectHead & Pick<Hook, 'hook'>)[];
  readonly crds: readonly ObjectHead[];
};

/** Renders one release. Rejects with a RenderError for a chart or values at fault. */
export async function templateChart(
  pool: Pool,
  options: TemplateOptions,
  outputBytes: number,
): Promise<TemplateResult> {
  const { chart, timeoutMs, ...input } = options;
  const { files, parts } = 'archive' in chart ? { files: undefined, parts: [chart.archive] } : flattenTree(chart.files);
  const request = { op: 'template', input: { ...input, files, maxOutputBytes: outputBytes }, parts };
  const { output, parts: replied } = await callEngine<Output>(pool, request, timeoutMs);
  const read = objectReader(replied);
  const { objects, hooks, crds, ...rest } = output;
  return { ...rest, objects: read(objects), hooks: read(hooks), crds: read(crds) };
}
