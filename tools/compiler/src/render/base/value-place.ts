import type { Span } from '@fluxwright/diagnostics';
import type { YamlDocument } from '@fluxwright/documents';
import { isObject, type JsonObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { pathIn } from '@fluxwright/kubernetes';
import type { RenderCache } from '../render-cache.ts';
import { type BaseFiles, layersOver } from './base-layers.ts';
import { fieldPlace } from './field-place.ts';
import { wholeText } from './inner-text.ts';

/** Where a value of a built object was written: at a path of its manifest, or in a kustomization or patch file. */
export type ValuePlace = { readonly manifest: JsonPath } | { readonly span: Span };

export interface PlaceInput {
  readonly object: JsonObject;
  /** The manifest it began as; absent for what a generator makes. */
  readonly document?: YamlDocument | undefined;
  /** Path of the manifest, or of the kustomization file of a generator. */
  readonly path: string;
  readonly files: BaseFiles;
  readonly cache: RenderCache;
}

/**
 * Finds who wrote the value at `at`: the manifest where it has the same value there, else the last of the kustomization files over it that
 * says so. A value that nobody says in so many words (a replaced name, a plugin's work) is its manifest's where that has one, else of
 * the outermost kustomization file as a whole.
 */
export function valuePlace({ object, document, path, files, cache }: PlaceInput, at: JsonPath): ValuePlace {
  const made = valueAt(object, at);
  const own = document && pathIn(document.value, object, at);
  const said = document && own && valueAt(document.value, own);
  if (own !== undefined && (made === undefined || isSame(said, made))) return { manifest: own };
  const layers = made === undefined ? [] : layersOver(path, files, cache);
  const original = document && isObject(document.value) ? document.value : undefined;
  const read = (text: string) => cache.readYaml(text, 'kustomize').documents;
  for (const layer of layers) {
    const span = fieldPlace({ layer, files, read, object, original, path: at, made: made as JsonValue });
    if (span !== undefined) return { span };
  }
  const [outermost] = layers;
  if (own !== undefined || outermost === undefined || at.length === 0) return { manifest: own ?? at };
  return { span: { file: wholeText(outermost.file).spanOf(0, 0).file } };
}

/** Of maps and lists the parts are asked for. */
function isSame(said: JsonValue | undefined, made: JsonValue): boolean {
  return said === made || (isContainer(said) && isContainer(made));
}

function isContainer(value: JsonValue | undefined): boolean {
  return typeof value === 'object' && value !== null;
}
