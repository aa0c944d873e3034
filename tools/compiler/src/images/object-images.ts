import { isObject, type JsonObject, type JsonValue, mapsIn } from '@fluxwright/documents';
import { imageOfFlag, isImageVariable } from '../data/image-mentions.ts';
import { imageName } from './image-name.ts';

/**
 * The images that an object names: of its containers; by flags (`--acme-http01-solver-image=…`) and variables (`RELATED_IMAGE_DB`) of these, of
 * which a program starts others; and in the fields `image`, `imageName` and `package` of custom kinds: a package of Crossplane is an
 * image with its program. Sorted, each once.
 */
export function objectImages(object: JsonObject): readonly string[] {
  const found = new Set<string>();
  walk(object, (map) => {
    for (const container of [map.initContainers, map.containers].flatMap(mapsIn)) addContainer(container, found);
    for (const key of ['image', 'imageName', 'package']) addText(map[key], found);
    if (isObject(map.image)) addParts(map.image, found);
    for (const flag of [map.args, map.command].flatMap(textsOf)) addText(imageOfFlag(flag), found);
    if (isImageVariable(map.name)) addText(map.value, found);
  });
  return [...found].sort();
}

/** Of a container one word is enough: `busybox`. */
function addContainer({ image }: JsonObject, found: Set<string>): void {
  if (typeof image === 'string' && imageName(image) !== undefined) found.add(image);
}

/** One word may be anything; an image that a flag or a field of somebody names has a path or a tag. */
function addText(value: JsonValue | undefined, found: Set<string>): void {
  if (typeof value === 'string' && /[/:]/.test(value) && imageName(value) !== undefined) found.add(value);
}

/** Some operators take an image in parts. */
function addParts({ repository, tag, registry }: JsonObject, found: Set<string>): void {
  if (typeof repository !== 'string' || typeof tag !== 'string') return;
  addText(`${typeof registry === 'string' ? `${registry}/` : ''}${repository}:${tag}`, found);
}

/** Definitions only describe, and the values of a release are no objects yet. */
function walk(object: JsonObject, visit: (map: JsonObject) => void): void {
  if (object.kind === 'CustomResourceDefinition' || object.kind === 'HelmRelease') return;
  const below = (value: JsonValue): void => {
    if (Array.isArray(value)) for (const each of value) below(each as JsonValue);
    else if (isObject(value)) {
      visit(value);
      for (const each of Object.values(value)) below(each);
    }
  };
  below(object);
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
