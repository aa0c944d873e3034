import { by, isObject, type JsonObject, type JsonPath, type JsonValue, mapsIn, valueAt } from '@fluxwright/documents';
import { bytesText, coresText } from '@fluxwright/kubernetes';
import { supportedVersions } from '@fluxwright/kubernetes-schemas';
import { podAmounts } from '../capacity/pod-amounts.ts';
import type { Amounts } from '../capacity/workload-demand.ts';
import { openEngines } from '../engines/engines.ts';
import { releaseValues } from '../facts/release-values.ts';
import { apiVersions } from '../render/chart/api-versions.ts';
import { readChartFiles } from './chart-files.ts';
import { valueComments } from './value-comments.ts';

/** A workload of a chart, and which of the chart's values decide it. */
export interface OutlinedWorkload {
  readonly kind: string;
  readonly name: string;
  /** Absent for one pod on each node. */
  readonly replicas?: number;
  readonly replicasAt?: JsonPath;
  /** Where the chart takes requests and limits of its first container. */
  readonly resourcesAt?: JsonPath;
  /** What is there by default. */
  readonly resources: JsonObject;
  /** What its other containers request; absent where that is nothing. */
  readonly beside?: { readonly cpu: string; readonly memory: string };
  /** What all its containers request, as text. */
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** Sizes of the volumes of each replica. */
  readonly storage: readonly string[];
}

/** What a chart is, and what it makes with its own values. */
export interface ChartOutline {
  readonly meta: JsonObject;
  readonly workloads: readonly OutlinedWorkload[];
  readonly definitions: readonly { readonly name: string; readonly versions: readonly string[] }[];
  readonly webhooks: readonly { readonly group: string; readonly kinds: readonly string[] }[];
  /** Subcharts that a value turns on: `postgresql.enabled`; sorted. */
  readonly subcharts: readonly { readonly name: string; readonly condition: string; readonly isOn: boolean }[];
  /** Values that name a Secret, by their path with dots; sorted. */
  readonly secrets: readonly string[];
  /** API versions and kinds of others that its templates ask the cluster for: `monitoring.coreos.com/v1`; sorted. */
  readonly asksFor: readonly string[];
  /** The first sentence about each value, by its path with dots. */
  readonly comments: ReadonlyMap<string, string>;
  /** The chart's keys at the top. */
  readonly keys: readonly string[];
}

const workloadKinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/**
 * Reads a packaged chart and renders it with its own values for a cluster that has no custom kinds: what it makes, and by trial which of its values set
 * replicas and resources of each workload. Undefined where it is no chart; rejects with a RenderError where it cannot be rendered by itself.
 */
export async function outlineChart(
  archive: Uint8Array,
  release: { readonly name: string; readonly namespace: string },
): Promise<ChartOutline | undefined> {
  const files = await readChartFiles(archive);
  if (files === undefined) return undefined;
  using engines = openEngines();
  const minor = supportedVersions()[0] ?? '';
  const { schemas } = engines.schemas.forKubernetes(minor);
  const served = apiVersions({ components: [] }, schemas);
  const render = async (values: JsonObject): Promise<readonly JsonObject[]> => {
    const options = { chart: { archive }, values, release, kubernetesVersion: `${minor}.0`, apiVersions: served };
    const { objects, crds } = await engines.render.template(options);
    return [...crds, ...objects].map(({ object }) => object as JsonObject);
  };
  const objects = await render({});
  const deciding = await decidingValues(files.values, objects, render);
  const comments = valueComments(files.valuesText);
  return {
    meta: files.meta,
    workloads: objects
      .filter(isWorkload)
      .map((each) => outlined(each, deciding, objects))
      .sort(
        by(
          ({ kind }) => kind,
          ({ name }) => name,
        ),
      ),
    definitions: definitionsOf(objects),
    webhooks: webhooksOf(objects),
    subcharts: subchartsOf(files.meta, files.values),
    secrets: [...releaseValues(files.values)]
      .filter(([pointer, { value }]) => typeof value === 'string' && /(existing|\/)secret(Name|Ref)?$/i.test(pointer))
      .map(([, { path }]) => path.join('.'))
      .sort(),
    asksFor: asked(files.templates),
    comments,
    keys: Object.keys(files.values),
  };
}

/** Kubernetes' own groups are in every cluster, in one version or another. */
function asked(templates: string): readonly string[] {
  const found = [...templates.matchAll(/\.APIVersions\.Has\s+\(?["`]([^"`]+)["`]/g)].map(([, version = '']) => version);
  return [...new Set(found)].filter((each) => /^[^/]*\.[^/]*\//.test(each) && !/^[^/]*\.k8s\.io\//.test(each)).sort();
}

/** By `Kind name`: the values that set replicas, and resources. */
interface DecidingValues {
  readonly replicas: ReadonlyMap<string, JsonPath>;
  readonly resources: ReadonlyMap<string, JsonPath>;
}

type Render = (values: JsonObject) => Promise<readonly JsonObject[]>;

async function decidingValues(
  values: JsonObject,
  objects: readonly JsonObject[],
  render: Render,
): Promise<DecidingValues> {
  const replicas = new Map<string, JsonPath>();
  const resources = new Map<string, JsonPath>();
  for (const { path, value } of [...releaseValues(values).values()]) {
    if (!/^replica(s|Count)$/i.test(String(path.at(-1))) || typeof value !== 'number') continue;
    for (const title of await changed(objects, render, path, value + 1, replicasOf)) {
      if (!replicas.has(title)) replicas.set(title, path);
    }
  }
  // Many charts have them in a comment, beside the number of pods.
  const beside = [...replicas.values()].map((path) => [...path.slice(0, -1), 'resources']);
  const places = [...mapsBelow(values, []).filter(isOfResources), ...beside];
  for (const path of new Map(places.map((each) => [each.join('.'), each])).values()) {
    const trial = { requests: { cpu: '37m', memory: '41Mi' } };
    const asked = (object: JsonObject) => valueAt(containersOf(object)[0] ?? null, ['resources', 'requests', 'cpu']);
    for (const title of await changed(objects, render, path, trial, asked)) {
      if (!resources.has(title)) resources.set(title, path);
    }
  }
  return { replicas, resources };
}

/** `resources`, and what stands directly below it for each of several programs. */
function isOfResources(path: JsonPath): boolean {
  return (
    path.at(-1) === 'resources' ||
    (path.at(-2) === 'resources' && !['requests', 'limits', 'claims'].includes(String(path.at(-1))))
  );
}

function mapsBelow(value: JsonObject, path: JsonPath): readonly JsonPath[] {
  return Object.entries(value).flatMap(([key, each]) =>
    isObject(each) ? [[...path, key], ...mapsBelow(each, [...path, key])] : [],
  );
}

/** Titles of the workloads of which something is another with this value. A chart may refuse it. */
async function changed(
  objects: readonly JsonObject[],
  render: Render,
  path: JsonPath,
  value: JsonValue,
  of: (object: JsonObject) => JsonValue | undefined,
): Promise<readonly string[]> {
  const nested = path.reduceRight((inner: JsonValue, step) => ({ [step]: inner }), value) as JsonObject;
  const made = await render(nested).catch(() => []);
  const before = new Map(objects.filter(isWorkload).map((each) => [titleOf(each), of(each)]));
  return made
    .filter(isWorkload)
    .filter((each) => before.has(titleOf(each)) && before.get(titleOf(each)) !== of(each))
    .map(titleOf);
}

function outlined(
  object: JsonObject,
  { replicas, resources }: DecidingValues,
  objects: readonly JsonObject[],
): OutlinedWorkload {
  const title = titleOf(object);
  const pod = valueAt(object, ['spec', 'template', 'spec']);
  const [first, ...others] = containersOf(object);
  const beside = podAmounts({ containers: others }).requests;
  const count = replicasOf(object);
  const [replicasAt, resourcesAt] = [replicas.get(title), resources.get(title)];
  return {
    kind: String(object.kind),
    name: String(valueAt(object, ['metadata', 'name'])),
    ...(object.kind === 'DaemonSet' ? {} : { replicas: typeof count === 'number' ? count : 1 }),
    ...(replicasAt === undefined ? {} : { replicasAt }),
    ...(resourcesAt === undefined ? {} : { resourcesAt }),
    resources: isObject(first?.resources) ? first.resources : {},
    ...(beside.cpu + beside.memory === 0n ? {} : { beside: textOf(beside) }),
    requests: textOf(podAmounts(isObject(pod) ? pod : {}).requests),
    storage: [...mapsIn(valueAt(object, ['spec', 'volumeClaimTemplates'])), ...mountedClaims(pod, objects)].map(sizeOf),
  };
}

/** Claims of the chart that the pods share. */
function mountedClaims(pod: JsonValue | undefined, objects: readonly JsonObject[]): readonly JsonObject[] {
  const volumes = isObject(pod) ? mapsIn(pod.volumes) : [];
  const names = volumes.map((each) => valueAt(each, ['persistentVolumeClaim', 'claimName']));
  return objects.filter(
    (each) => each.kind === 'PersistentVolumeClaim' && names.includes(valueAt(each, ['metadata', 'name'])),
  );
}

function sizeOf(claim: JsonObject): string {
  return String(valueAt(claim, ['spec', 'resources', 'requests', 'storage']) ?? 0);
}

function textOf({ cpu, memory }: Amounts): { readonly cpu: string; readonly memory: string } {
  return { cpu: coresText(cpu), memory: bytesText(memory) };
}

function isWorkload({ kind }: JsonObject): boolean {
  return workloadKinds.has(String(kind));
}

function titleOf(object: JsonObject): string {
  return `${object.kind} ${valueAt(object, ['metadata', 'name'])}`;
}

function replicasOf(object: JsonObject): JsonValue | undefined {
  return valueAt(object, ['spec', 'replicas']);
}

function containersOf(object: JsonObject): readonly JsonObject[] {
  return mapsIn(valueAt(object, ['spec', 'template', 'spec', 'containers']));
}

function definitionsOf(objects: readonly JsonObject[]): ChartOutline['definitions'] {
  return objects
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .map((object) => ({
      name: String(valueAt(object, ['metadata', 'name'])),
      versions: mapsIn(valueAt(object, ['spec', 'versions']))
        .filter(({ served }) => served === true)
        .map(({ name }) => String(name))
        .sort(),
    }))
    .sort(by(({ name }) => name));
}

/** Kinds of the chart's own that its webhooks guard: objects of these come after it. */
function webhooksOf(objects: readonly JsonObject[]): ChartOutline['webhooks'] {
  const own = objects
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .map((object) => ({
      group: String(valueAt(object, ['spec', 'group'])),
      plural: String(valueAt(object, ['spec', 'names', 'plural'])),
      kind: String(valueAt(object, ['spec', 'names', 'kind'])),
    }));
  const rules = objects
    .filter(({ kind }) => /^(Validating|Mutating)WebhookConfiguration$/.test(String(kind)))
    .flatMap(({ webhooks }) => mapsIn(webhooks).flatMap((each) => mapsIn(each.rules)));
  const has = (value: JsonValue | undefined, ...words: readonly string[]) =>
    Array.isArray(value) && words.some((word) => value.includes(word));
  const guarded = own.filter(({ group, plural }) =>
    rules.some((rule) => has(rule.apiGroups, group, '*') && has(rule.resources, plural, '*', '*/*')),
  );
  return [...Map.groupBy(guarded, ({ group }) => group)]
    .map(([group, kinds]) => ({ group, kinds: kinds.map(({ kind }) => kind).sort() }))
    .sort(by(({ group }) => group));
}

function subchartsOf({ dependencies }: JsonObject, values: JsonObject): ChartOutline['subcharts'] {
  return mapsIn(dependencies)
    .flatMap(({ name, condition }) => {
      const first = typeof condition === 'string' ? condition.split(',')[0]?.trim() : undefined;
      if (first === undefined || first === '') return [];
      return [{ name: String(name), condition: first, isOn: valueAt(values, first.split('.')) === true }];
    })
    .sort(by(({ name }) => name));
}
