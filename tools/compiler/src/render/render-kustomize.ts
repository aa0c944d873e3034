import { posix } from 'node:path';
import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import type { YamlDocument } from '@fluxwright/documents';
import { isObject, type JsonObject, type JsonPath } from '@fluxwright/documents';
import type { Component, ComponentFile } from '@fluxwright/model';
import { kustomizationIn } from './base/base-layers.ts';
import { objectFault } from './object-faults.ts';
import { plainText } from './plain-text.ts';
import type { RenderCache } from './render-cache.ts';
import type { RenderedObject, TaskResult } from './rendered-object.ts';
import { spanAt, type TracedText, traceRendering } from './trace-rendering.ts';

/** Fields after which a plain resource is no longer what its file says: the engine has to build it. */
const changing = [
  'namePrefix',
  'nameSuffix',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'transformers',
  'replacements',
  'components',
];
const refused: Readonly<Record<string, string>> = {
  helmCharts: "Flux does not inflate charts in a kustomization; declare the chart in component.yaml's spec.helm",
  helmChartInflationGenerator:
    "Flux does not inflate charts in a kustomization; declare the chart in component.yaml's spec.helm",
  secretGenerator: 'a generated Secret would put its data into the repository; write an ExternalSecret',
};

/** An object of a base with the file it stands in. */
export interface BaseObject extends RenderedObject {
  /** From the base's folder. */
  readonly file: string;
}

export interface KustomizeResult extends TaskResult {
  readonly objects: readonly BaseObject[];
}

interface Walk {
  readonly component: Component;
  readonly files: ReadonlyMap<string, ComponentFile>;
  readonly cache: RenderCache;
  readonly objects: BaseObject[];
  readonly diagnostics: Diagnostic[];
  readonly visited: Set<string>;
}

/**
 * Reads the plain resources of a component's Kustomize base, without building it: what Flux cannot build, or what would
 * reach outside the base, is refused. Objects behind a patch or a renaming are left to the engine.
 */
export function renderKustomize(component: Component, cache: RenderCache): KustomizeResult {
  const files = new Map(component.kustomize.map((file) => [file.path, file]));
  const walk: Walk = { component, files, cache, objects: [], diagnostics: [], visited: new Set() };
  walkFolder(walk, '', { isPlain: true });
  return { objects: walk.objects, findings: walk.diagnostics.map((each) => ({ diagnostic: each, reads: [] })) };
}

interface Inherited {
  readonly isPlain: boolean;
  readonly namespace?: string | undefined;
}

function walkFolder(walk: Walk, folder: string, inherited: Inherited): void {
  if (walk.visited.has(folder)) return;
  walk.visited.add(folder);
  const found = kustomizationIn(folder, walk.files);
  if (found === undefined) {
    const file = posix.join(walk.component.folder, 'kustomize', folder);
    const help = 'list its resources in a kustomization.yaml';
    walk.diagnostics.push(invalid(`${file} has no kustomization.yaml`, { file }, help));
    return;
  }
  const { text, documents } = read(walk, found);
  const [document] = documents;
  if (document === undefined || !isObject(document.value)) return;
  const kustomization = document.value;
  for (const [field, help] of Object.entries(refused)) {
    if (kustomization[field] === undefined) continue;
    walk.diagnostics.push(invalid(`${field} cannot be used in a component`, keySpan(text, document, field), help));
  }
  const next = handedOn(kustomization, inherited);
  for (const { field, index, entry } of entriesOf(kustomization)) {
    const span = () => spanOf(text, document, [field, index]);
    if (typeof entry === 'string') follow(walk, { folder, entry, next, span });
    else
      walk.diagnostics.push(invalid(`an entry of ${field} is no path`, span(), 'write the path of a file or folder'));
  }
}

/** What a kustomization file does to all that it lists. */
function handedOn(kustomization: JsonObject, { isPlain, namespace }: Inherited): Inherited {
  const own = typeof kustomization.namespace === 'string' ? kustomization.namespace : undefined;
  const isChanged = changing.some((field) => kustomization[field] !== undefined);
  return { isPlain: isPlain && !isChanged, namespace: namespace ?? own };
}

function entriesOf(kustomization: JsonObject) {
  return ['resources', 'bases', 'components'].flatMap((field) => {
    const entries = kustomization[field];
    return Array.isArray(entries) ? entries.map((entry, index) => ({ field, index, entry })) : [];
  });
}

interface Entry {
  readonly folder: string;
  readonly entry: string;
  readonly next: Inherited;
  readonly span: () => ReturnType<typeof spanAt>;
}

function follow(walk: Walk, { folder, entry, next, span }: Entry): void {
  if (/^[\w.-]+:|[?]|^(github\.com|gitlab\.com|bitbucket\.org)\//.test(entry)) {
    walk.diagnostics.push(
      invalid(`"${entry}" is not in the component`, span(), 'a build has no network: copy it, or use spec.source'),
    );
    return;
  }
  const path = posix.join(folder, entry).replace(/\/$/, '');
  if (posix.isAbsolute(entry) || path === '..' || path.startsWith('../')) {
    walk.diagnostics.push(
      invalid(`"${entry}" leaves the component's kustomize folder`, span(), 'move it into the folder'),
    );
    return;
  }
  const file = walk.files.get(path);
  if (file !== undefined) readResource(walk, file, next);
  else if ([...walk.files.keys()].some((name) => path === '.' || name.startsWith(`${path}/`)))
    walkFolder(walk, path, next);
  else
    walk.diagnostics.push(
      invalid(`"${entry}" does not exist`, span(), `there is no ${walk.component.folder}/kustomize/${path}`),
    );
}

function readResource(walk: Walk, file: ComponentFile, { isPlain, namespace: inherited }: Inherited): void {
  const { component, cache } = walk;
  const { text, documents } = read(walk, file);
  for (const document of documents) {
    const span = spanAt(text, document.position.start);
    const fault = objectFault(document.value);
    if (fault !== undefined) {
      walk.diagnostics.push(
        diagnostic('render/not-an-object', {
          message: `no Kubernetes object: ${fault.message}`,
          primary: span,
          help: fault.help,
        }),
      );
      continue;
    }
    if (!isPlain) continue;
    const object = document.value as JsonObject;
    const metadata = object.metadata as JsonObject;
    const isNamespaced = cache.scopeOf(String(object.apiVersion), String(object.kind)) !== 'Cluster';
    const namespace = isNamespaced ? (inherited ?? metadata.namespace) : undefined;
    if (isNamespaced && namespace === undefined) {
      const help = `add "namespace: ${component.spec.namespace}" to the base's kustomization.yaml`;
      walk.diagnostics.push(invalid(`${object.kind} "${metadata.name}" of the base has no namespace`, span, help));
    }
    walk.objects.push({
      object: namespace === undefined ? object : { ...object, metadata: { ...metadata, namespace } },
      file: file.path,
      span,
      trace: (path) => traceRendering(text, document.position, path),
    });
  }
}

function read(walk: Walk, { file, text }: ComponentFile): { text: TracedText; documents: readonly YamlDocument[] } {
  const traced = plainText({ file, text });
  const { documents, faults } = walk.cache.readYaml(text, 'kustomize');
  for (const { message, help, start, end } of faults) {
    walk.diagnostics.push(
      diagnostic('render/invalid-yaml', {
        message: `invalid YAML: ${message}`,
        primary: spanAt(traced, start, end - start),
        help,
      }),
    );
  }
  return { text: traced, documents };
}

function spanOf(text: TracedText, document: YamlDocument, path: JsonPath) {
  return traceRendering(text, document.position, path).span;
}

function keySpan(text: TracedText, { position }: YamlDocument, key: string) {
  return spanAt(text, position.children?.get(key)?.key ?? position.start, key.length);
}

function invalid(message: string, primary: { file: string }, help: string): Diagnostic {
  return diagnostic('render/invalid-kustomization', { message, primary, help });
}
