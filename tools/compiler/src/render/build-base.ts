import { posix } from 'node:path';
import { diagnostic, type Span } from '@fluxwright/diagnostics';
import type { YamlDocument } from '@fluxwright/documents';
import { isObject, type JsonObject, type JsonPath, type JsonValue } from '@fluxwright/documents';
import { type BuildSource, buildFault } from '@fluxwright/flux';
import type { Component, ComponentFile } from '@fluxwright/model';
import type { BuiltObject } from 'flux-render-wasm';
import { type Engines, makeOnce } from '../engines/engines.ts';
import { kustomizationNames } from './base/base-layers.ts';
import { valuePlace } from './base/value-place.ts';
import { plainText } from './plain-text.ts';
import type { RenderCache } from './render-cache.ts';
import type { BaseObject, KustomizeResult } from './render-kustomize.ts';
import type { TracePoint } from './rendered-object.ts';
import { spanAt, traceRendering } from './trace-rendering.ts';

export interface BaseInput {
  readonly component: Component;
  /** Digest of the component's kustomize task. */
  readonly digest: string;
  readonly cache: RenderCache;
  readonly engines: Engines;
}

/**
 * The objects of a component's Kustomize base as kustomize-controller's own engine builds them, each with the file it
 * began in. Built once for all clusters that have the base.
 */
export function buildBase(input: BaseInput): Promise<KustomizeResult> {
  return makeOnce(input.engines, `base ${input.digest}`, () => build(input));
}

async function build({ component, cache, engines }: BaseInput): Promise<KustomizeResult> {
  const files = new Map(component.kustomize.map((file) => [file.path, file]));
  const sourceOf = (path: string): Span => ({ file: posix.join(component.folder, 'kustomize', path) });
  try {
    const tree = Object.fromEntries([...files].map(([path, { text }]) => [path, text]));
    const { objects } = await engines.render.build({ files: tree });
    const built = objects.map((object) => baseObject(object, files, { cache, sourceOf }));
    return { objects: built, findings: built.flatMap((each) => homeless(each, component, cache)) };
  } catch (error) {
    const source = (path: string): BuildSource => {
      const places = ['', ...kustomizationNames].map((name) => posix.join(path, name));
      const file = places.map((place) => files.get(place)).find((each) => each !== undefined);
      return file === undefined ? { span: sourceOf(path) } : { span: sourceOf(file.path), text: file.text };
    };
    return { objects: [], findings: [{ diagnostic: buildFault(error, source), reads: [] }] };
  }
}

interface Sources {
  readonly cache: RenderCache;
  readonly sourceOf: (path: string) => Span;
}

/** A generated object has no manifest: it comes from the kustomization file that asks for it. */
function baseObject(
  built: BuiltObject,
  files: ReadonlyMap<string, ComponentFile>,
  { cache, sourceOf }: Sources,
): BaseObject {
  const path = built.file ?? built.configuredIn ?? 'kustomization.yaml';
  const file = files.get(path);
  const object = built.object as JsonObject;
  const document = file && documentOf(object, cache.readYaml(file.text, 'kustomize').documents);
  if (file === undefined || document === undefined) {
    const whole = sourceOf(path);
    const span = file === undefined ? whole : { ...whole, start: { line: 1, column: 1 } };
    const trace = (at: JsonPath): TracePoint => {
      const place = valuePlace({ object, path, files, cache }, at);
      return { span: 'span' in place && at.length > 0 ? place.span : span, reads: [], inside: [] };
    };
    return { object, file: path, span, trace };
  }
  const text = plainText(file);
  const trace = (at: JsonPath): TracePoint => {
    const place = valuePlace({ object, document, path, files, cache }, at);
    return 'manifest' in place
      ? traceRendering(text, document.position, place.manifest)
      : { span: place.span, reads: [], inside: [] };
  };
  return { object, file: path, span: spanAt(text, document.position.start), trace };
}

/** The document an object began as: kustomize changes names by what it puts before and behind them, and never the kind. */
function documentOf(object: JsonObject, documents: readonly YamlDocument[]): YamlDocument | undefined {
  const name = nameOf(object);
  const ofKind = documents.filter(({ value }) => isObject(value) && value.kind === object.kind);
  return ofKind.find(({ value }) => nameOf(value) === name) ?? ofKind.find(({ value }) => name.includes(nameOf(value)));
}

function nameOf(value: JsonValue): string {
  const metadata = isObject(value) ? value.metadata : undefined;
  return isObject(metadata) ? String(metadata.name) : '';
}

function homeless({ object, span }: BaseObject, component: Component, { scopeOf }: RenderCache) {
  const { name, namespace } = object.metadata as JsonObject;
  if (namespace !== undefined || scopeOf(String(object.apiVersion), String(object.kind)) === 'Cluster') return [];
  const help = `add "namespace: ${component.spec.namespace}" to the base's kustomization.yaml`;
  const message = `${object.kind} "${name}" of the base has no namespace`;
  return [{ diagnostic: diagnostic('render/invalid-kustomization', { message, primary: span, help }), reads: [] }];
}
