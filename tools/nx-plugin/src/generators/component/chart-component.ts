import type { ChartOutline, OutlinedWorkload } from '@fluxwright/compiler';
import { compactYaml, formatPath, type JsonObject, type JsonPath, type JsonValue } from '@fluxwright/documents';
import { validRange } from 'semver';

/** What a component is called, and where its chart comes from. */
export interface ChartComponent {
  readonly name: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly namespace: string;
  readonly repository: string;
  readonly sharesDefinitions: boolean;
  /** Kinds of services that the platform has in place of subcharts, by the names of these. */
  readonly services: ReadonlyMap<string, string>;
}

/**
 * The files of a component for a chart that was read, by their path in its folder: values for replicas and resources of each workload that the chart lets
 * set, a footprint that takes them, and what the chart provides. It compiles as it is, also with the chart at hand.
 */
export function chartComponentFiles(outline: ChartOutline, component: ChartComponent): ReadonlyMap<string, string> {
  const parts = outline.workloads.map((workload) => ({ workload, value: valueName(workload, component.name) }));
  return new Map([
    ['component.yaml', manifest(outline, component, parts)],
    ['values.schema.json', schema(outline, component, parts)],
    ['values.yaml', `# yaml-language-server: $schema=values.schema.json\n${compactYaml(defaultsOf(parts))}`],
    ['helm/values.yaml.hbs', chartValues(outline, parts)],
    ['helm/chart-check.yaml', chartCheck(component, parts)],
    ['tests/defaults.yaml', testCase(component, parts)],
    ['README.md', readme(outline, component, parts)],
  ]);
}

/** A workload, and the value of the component that decides it. */
interface Part {
  readonly workload: OutlinedWorkload;
  readonly value: string;
}

const language = (schemaFile: string) => `# yaml-language-server: $schema=${schemaFile}\n`;
const unsaid = { cpu: '50m', memory: '64Mi' };

/** Without the name of the release: `metricsApiserver` of the workload `keda-metrics-apiserver`. */
function valueName({ name }: OutlinedWorkload, release: string): string {
  const own = name.startsWith(`${release}-`) ? name.slice(release.length + 1) : name;
  return own.replace(/[^A-Za-z0-9]+(.?)/g, (_, letter: string) => letter.toUpperCase());
}

function isSettable({ workload }: Part): boolean {
  return workload.replicasAt !== undefined || workload.resourcesAt !== undefined;
}

function manifest({ meta, ...outline }: ChartOutline, component: ChartComponent, parts: readonly Part[]): string {
  const { name, title, namespace, repository } = component;
  const version = String(meta.version ?? '');
  const release = /^v?\d+\.\d+\.\d+$/.test(String(meta.appVersion)) ? String(meta.appVersion) : undefined;
  const range = kubernetesRange(meta.kubeVersion);
  const license = annotation(meta, 'artifacthub.io/license');
  const provides = {
    ...(outline.definitions.length === 0
      ? {}
      : { crds: outline.definitions.map((each) => ({ name: each.name, versions: [...each.versions] })) }),
    ...(outline.webhooks.length === 0
      ? {}
      : { webhooks: outline.webhooks.map(({ group, kinds }) => ({ group, kinds: [...kinds] })) }),
  };
  const workloads = parts.map(footprintLine);
  const spec: JsonObject = {
    title,
    description: descriptionOf(meta, component),
    ...(typeof meta.home === 'string' && /^https:\/\//.test(meta.home) ? { homepage: meta.home } : {}),
    ...(license === undefined ? {} : { license }),
    namespace,
    helm: { repository, chart: String(meta.name ?? ''), version },
    ...(release === undefined || release.replace(/^v/, '') === version.replace(/^v/, '') ? {} : { release }),
    supports: {
      kubernetes: {
        versions: range ?? '*',
        source:
          range === undefined
            ? `none stated (chart ${version} has no kubeVersion)`
            : `Chart.yaml (kubeVersion) of chart ${version}`,
      },
    },
    ...(Object.keys(provides).length === 0 ? {} : { provides }),
    ...(workloads.length === 0 ? {} : { footprint: { workloads } }),
  };
  const head = { apiVersion: 'fluxwright.dev/v1', kind: 'Component', metadata: { name }, spec };
  return `${language('../../tools/model/schemas/component.schema.json')}${compactYaml(head)}`;
}

/** npm's ranges know no comma, and a cluster is of a release. */
function kubernetesRange(said: JsonValue | undefined): string | undefined {
  if (typeof said !== 'string') return undefined;
  const text = said
    .replaceAll(',', ' ')
    .replace(/-0(?=\s|$)/g, '')
    .trim();
  return validRange(text) === null || text === '' ? undefined : text;
}

function annotation({ annotations }: JsonObject, key: string): string | undefined {
  const said = (annotations as JsonObject | undefined)?.[key];
  return typeof said === 'string' ? said : undefined;
}

function descriptionOf(meta: JsonObject, { description, title }: ChartComponent): string {
  const own = description ?? (typeof meta.description === 'string' ? meta.description.trim() : '');
  const text = own === '' ? `What ${title} does, in one sentence` : own.replace(/\s+/g, ' ');
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function footprintLine({ workload, value }: Part): JsonObject {
  const { name, kind, replicas, replicasAt, resourcesAt, requests, beside, storage } = workload;
  const [first, ...more] = storage;
  const line: Record<string, JsonValue> = { name, kind };
  if (resourcesAt !== undefined) line.from = value;
  else Object.assign(line, requests);
  if (replicasAt === undefined && replicas !== undefined && replicas !== 1) line.replicas = replicas;
  if (replicasAt !== undefined && resourcesAt === undefined) line.replicas = `{{values.${value}.replicas}}`;
  if (beside !== undefined && resourcesAt !== undefined) line.sidecars = [beside];
  if (first !== undefined) line.storage = first;
  if (more.length > 0) line.moreStorage = more;
  return line;
}

/** Requests are always set: the scheduler counts what is said. Where the chart sets none, those of its init containers are the least. */
function resourcesOf({ resources, requests: ofPod }: OutlinedWorkload): JsonObject {
  const { requests, limits } = resources as { requests?: JsonObject; limits?: JsonObject };
  const amounts = (map: JsonObject | undefined) =>
    Object.fromEntries(['cpu', 'memory'].flatMap((key) => (map?.[key] === undefined ? [] : [[key, String(map[key])]])));
  const limited = amounts(limits);
  const least = Object.fromEntries(Object.entries(ofPod).filter(([, amount]) => amount !== '0'));
  return {
    requests: { ...unsaid, ...least, ...limited, ...amounts(requests) },
    ...(Object.keys(limited).length === 0 ? {} : { limits: limited }),
  };
}

function defaultsOf(parts: readonly Part[]): JsonObject {
  return Object.fromEntries(
    parts.filter(isSettable).map(({ workload, value }) => [
      value,
      {
        ...(workload.replicasAt === undefined ? {} : { replicas: workload.replicas ?? 1 }),
        ...(workload.resourcesAt === undefined ? {} : { resources: resourcesOf(workload) }),
      },
    ]),
  );
}

function schema(
  { comments }: ChartOutline,
  { name, title, sharesDefinitions }: ChartComponent,
  parts: readonly Part[],
): string {
  const said = (path: JsonPath | undefined, otherwise: string) => comments.get((path ?? []).join('.')) ?? otherwise;
  const shared = (definition: string, own: JsonObject) =>
    sharesDefinitions ? { $ref: `../values.defs.json#/$defs/${definition}` } : own;
  const properties = Object.fromEntries(
    parts.filter(isSettable).map(({ workload, value }) => {
      const { replicasAt, resourcesAt, kind } = workload;
      const own = {
        ...(replicasAt === undefined
          ? {}
          : {
              replicas: {
                ...shared('replicas', { type: 'integer', minimum: 1 }),
                description: said(replicasAt, 'Number of pods.'),
              },
            }),
        ...(resourcesAt === undefined
          ? {}
          : {
              resources: {
                ...shared('resources', resourcesSchema),
                description: said(resourcesAt, 'Resources of a pod.'),
              },
            }),
      };
      return [
        value,
        {
          description: `The ${kind} ${workload.name}.`,
          type: 'object',
          additionalProperties: false,
          required: Object.keys(own),
          properties: own,
        },
      ];
    }),
  );
  const required = Object.keys(properties);
  const all = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `${title} values`,
    description: `Values of the component ${name}.`,
    type: 'object',
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    properties,
  };
  return `${JSON.stringify(all, undefined, 2)}\n`;
}

const amountSchema = (description: string) => ({ description, type: 'string', minLength: 1 });
const amountsSchema = (description: string, isRequired: boolean) => ({
  description,
  type: 'object',
  additionalProperties: false,
  ...(isRequired ? { required: ['cpu', 'memory'] } : {}),
  properties: { cpu: amountSchema('CPU, e.g. 100m.'), memory: amountSchema('Memory, e.g. 128Mi.') },
});
const resourcesSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['requests'],
  properties: {
    requests: amountsSchema('What the scheduler sets aside for each pod.', true),
    limits: amountsSchema('What a pod cannot exceed.', false),
  },
};

/** The chart's keys that are set, each with the expression that stands there. */
function chartValues({ keys, comments }: ChartOutline, parts: readonly Part[]): string {
  const tree: Map<string, unknown> = new Map();
  const put = (path: JsonPath, text: (indent: string) => string): void => {
    let map = tree;
    for (const step of path.slice(0, -1)) {
      const below = map.get(String(step)) ?? new Map();
      map.set(String(step), below);
      map = below as Map<string, unknown>;
    }
    map.set(String(path.at(-1)), text);
  };
  for (const { workload, value } of parts) {
    if (workload.replicasAt !== undefined) put(workload.replicasAt, () => ` {{values.${value}.replicas}}`);
    if (workload.resourcesAt !== undefined)
      put(workload.resourcesAt, (indent) => `\n{{indent ${indent.length + 2} (toYaml values.${value}.resources)}}`);
  }
  const text = (map: ReadonlyMap<string, unknown>, indent: string): string =>
    [...map]
      .map(([key, each]) =>
        each instanceof Map
          ? `${indent}${key}:\n${text(each, `${indent}  `)}`
          : `${indent}${key}:${(each as (indent: string) => string)(indent)}\n`,
      )
      .join('');
  // In the order of the chart, where its readers look for them.
  const ordered = new Map([...tree].sort(([a], [b]) => keys.indexOf(a) - keys.indexOf(b)));
  const others = keys.filter((key) => !tree.has(key));
  const said = (key: string) => `#   ${key}${comments.has(key) ? `: ${comments.get(key)}` : ''}\n`;
  const rest =
    others.length === 0 ? '' : `# Further keys of the chart, in its own words:\n${others.map(said).join('')}`;
  return `# Values of the chart. Its own keys stand left, ours right: the schema says which of them a cluster may set.\n${rest}${text(ordered, '')}`;
}

function setPaths(parts: readonly Part[]): readonly (readonly [string, boolean])[] {
  return parts.flatMap(({ workload: { replicasAt, resourcesAt } }) => [
    ...(replicasAt === undefined ? [] : [[replicasAt.join('.'), false] as const]),
    ...(resourcesAt === undefined ? [] : [[resourcesAt.join('.'), true] as const]),
  ]);
}

function chartCheck({ repository }: ChartComponent, parts: readonly Part[]): string {
  const paths = setPaths(parts);
  const free = paths.filter(([, isMap]) => isMap).map(([path]) => path);
  const check: JsonObject = {
    unlisted: repository,
    keys: paths.map(([path]) => path),
    ...(free.length === 0 ? {} : { freeForm: free.map((path) => ({ path, reason: 'requests and limits' })) }),
  };
  return `# The chart's keys that values.yaml.hbs sets, read from the packaged chart.\n${compactYaml(check)}`;
}

function testCase({ name }: ChartComponent, parts: readonly Part[]): string {
  const matches = Object.fromEntries(
    parts.flatMap(({ workload: { replicasAt, replicas } }) =>
      replicasAt === undefined ? [] : [[`spec.values.${formatPath(replicasAt)}`, replicas ?? 1]],
    ),
  );
  const expected = {
    kind: 'HelmRelease',
    name,
    ...(Object.keys(matches).length === 0 ? {} : { matches }),
  };
  const value: JsonObject = {
    apiVersion: 'fluxwright.dev/v1',
    kind: 'ComponentTest',
    metadata: { name: 'defaults' },
    spec: { description: 'The chart runs as values.yaml has it.', expect: { objects: [expected] } },
  };
  return `${language('../../../tools/model/schemas/component-test.schema.json')}${compactYaml(value)}`;
}

function readme(
  { meta, subcharts, secrets, asksFor }: ChartOutline,
  component: ChartComponent,
  parts: readonly Part[],
): string {
  const rows = parts
    .filter(isSettable)
    .flatMap(({ workload, value }) => [
      ...(workload.replicasAt === undefined
        ? []
        : [`| \`${value}.replicas\` | \`${workload.replicas ?? 1}\` | Number of pods of ${workload.name}. |`]),
      ...(workload.resourcesAt === undefined
        ? []
        : [`| \`${value}.resources\` | see values.yaml | Resources of a pod of ${workload.name}. |`]),
    ]);
  const table =
    rows.length === 0
      ? ['There is nothing to set.']
      : ['| Value | Default | Meaning |', '| --- | --- | --- |', ...rows];
  const on = subcharts.filter(({ isOn }) => isOn);
  const notes = [
    ...(on.length === 0
      ? []
      : [
          `The chart brings ${on.map(({ name, condition }) => `${name} (\`${condition}\`)`).join(', ')}: turn off what the platform has.`,
        ]),
    ...subcharts.flatMap(({ name, condition }) => {
      const kind = component.services.get(name);
      if (kind === undefined) return [];
      return [
        `In place of its ${name} the platform has the service ${kind}: set \`${condition}: false\`, ask for it below \`requires.services\`, and hand its outputs to the chart.`,
      ];
    }),
    ...(asksFor.length === 0
      ? []
      : [
          `Its templates ask the cluster for ${asksFor.map((each) => `\`${each}\``).join(', ')}: say the groups in \`helm.apiGroups\` where that should come before.`,
        ]),
    ...(secrets.length === 0 ? [] : [`It takes Secrets: ${secrets.map((path) => `\`${path}\``).join(', ')}.`]),
  ];
  const sections = [`# ${component.title}`, descriptionOf(meta, component), '## Values', table.join('\n'), ...notes];
  return `${sections.join('\n\n')}\n`;
}
