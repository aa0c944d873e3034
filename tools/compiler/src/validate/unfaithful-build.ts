import { hash } from 'node:crypto';
import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { canonicalText, isObject, type JsonObject, type JsonValue } from '@fluxwright/documents';
import { type BuildSource, buildFault } from '@fluxwright/flux';
import { idOf, objectKey, objectTitle } from '@fluxwright/kubernetes';
import { type BuiltObject, RenderError } from 'flux-render-wasm';
import { objectFinding } from '../data/object-finding.ts';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { type BuiltFolder, builtFolders, pathInTree } from './built-folder.ts';
import type { ProofContext } from './check.ts';

/** Fields of a FluxKustomization that change what a folder gives (kustomize-controller docs/spec/v1/kustomizations.md). */
const changing = [
  'targetNamespace',
  'namePrefix',
  'nameSuffix',
  'patches',
  'images',
  'components',
  'ignoreMissingComponents',
  'buildMetadata',
  'commonMetadata',
] as const;

/**
 * Every folder of the tree that a FluxKustomization applies is built by the kustomize of kustomize-controller, and gives
 * the objects that it holds: none lost, none more, none changed but by what the FluxKustomization itself asks for. A
 * folder of a shape that was good before is not built again. `postBuild` is left out: its values are in the cluster.
 */
export async function unfaithfulBuild(context: ProofContext): Promise<readonly Diagnostic[]> {
  const { rendered, objects } = context;
  const folders = builtFolders(rendered);
  const found = objects.ofKind('kustomize.toolkit.fluxcd.io', 'Kustomization').map((resource) => {
    const folder = folders.get(pathInTree(resource, rendered) ?? '');
    return folder === undefined ? [] : judge(resource, folder, context);
  });
  return (await Promise.all(found)).flat();
}

async function judge(
  resource: Resource,
  folder: BuiltFolder,
  { engines, rendered }: ProofContext,
): Promise<readonly Diagnostic[]> {
  const spec = changesOf(resource);
  const key = hash('sha256', `build ${JSON.stringify(spec)} ${folder.shape}`, 'hex');
  if (engines.verdicts.get(key) !== undefined) return [];
  const files = Object.fromEntries(folder.files().map(({ path, text }) => [path, text]));
  try {
    const { objects } = await engines.render.build({ files, path: folder.path, fluxKustomization: { spec } });
    const found = differences(folder, objects, spec);
    if (found.length === 0) engines.verdicts.set(key, []);
    return found;
  } catch (error) {
    // validate/duplicate-object tells both places.
    if (error instanceof RenderError && error.fault.message.includes(twice) && hasTwins(folder)) return [];
    return [buildFault(error, (path) => sourceOf(folder, path, { resource, rendered }))];
  }
}

const twice = 'already registered id';

function hasTwins({ meant }: BuiltFolder): boolean {
  return new Set(meant.map((each) => objectKey(idOf(each)))).size < meant.length;
}

function changesOf({ object }: Resource): JsonObject {
  const { spec } = object;
  const fields = changing.flatMap((field) =>
    isObject(spec) && spec[field] !== undefined ? [[field, spec[field]]] : [],
  );
  return Object.fromEntries(fields);
}

/** A copied base is told where it was copied from, its folder by its kustomization file. */
function sourceOf(
  { meant }: BuiltFolder,
  path: string,
  { resource, rendered }: { readonly resource: Resource; readonly rendered: RenderedCluster },
): BuildSource {
  const copy = ['', '/kustomization.yaml', '/kustomization.yml', '/Kustomization']
    .map((name) => rendered.copies.find((each) => each.path === `${path}${name}`))
    .find((each) => each !== undefined);
  if (copy !== undefined) return { span: copy.source, text: copy.text };
  return { span: meant.find((each) => each.path === path)?.origin.span ?? resource.origin.span };
}

function differences({ meant }: BuiltFolder, built: readonly BuiltObject[], spec: JsonObject): Diagnostic[] {
  const { commonMetadata, ...others } = spec;
  // What patches and renamings should give is known to kustomize only.
  if (Object.keys(others).length > 0) return [];
  const made = new Map(built.map((each) => [keyOf(each), each]));
  const found = meant.flatMap((resource) => {
    const key = objectKey(idOf(resource));
    const object = made.get(key)?.object as JsonObject | undefined;
    made.delete(key);
    if (object === undefined) return [lost(resource)];
    const expected = withMetadata(resource.object, commonMetadata);
    return canonicalText(withoutEmpty(object)) === canonicalText(withoutEmpty(expected)) ? [] : [changed(resource)];
  });
  return [...found, ...[...made.values()].map(extra)];
}

function keyOf({ apiVersion, kind, namespace, name }: BuiltObject): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return objectKey({ group, kind, namespace, name });
}

function lost(resource: Resource): Diagnostic {
  const annotations = (resource.object.metadata as JsonObject).annotations;
  const local = isObject(annotations) && annotations['config.kubernetes.io/local-config'] !== undefined;
  return objectFinding('validate/unfaithful-build', resource, {
    at: local ? ['metadata', 'annotations', 'config.kubernetes.io/local-config'] : ['kind'],
    message: `kustomize leaves ${objectTitle(resource)} out, so Flux would never apply it`,
    note: local ? 'this annotation says so' : 'not in what kustomize builds',
    help: local ? 'remove the annotation, or the object' : 'kustomize takes objects of its own kinds for instructions',
  });
}

function changed(resource: Resource): Diagnostic {
  return objectFinding('validate/unfaithful-build', resource, {
    at: [],
    message: `kustomize makes something else of ${objectTitle(resource)} than its file says`,
    note: 'differs in what kustomize builds',
    help: 'look for keys and annotations that kustomize takes for instructions',
  });
}

function extra(object: BuiltObject): Diagnostic {
  return diagnostic('validate/unfaithful-build', {
    message: `kustomize makes ${objectTitle(object)}, which no template asked for`,
    help: 'look for an object that kustomize takes for an instruction, such as a generator',
  });
}

function withMetadata(object: JsonObject, common: JsonValue | undefined): JsonObject {
  if (!isObject(common)) return object;
  const metadata = object.metadata as JsonObject;
  const merged = Object.entries(common).map(([key, value]) => [
    key,
    { ...(isObject(metadata[key]) ? metadata[key] : {}), ...(isObject(value) ? value : {}) },
  ]);
  return { ...object, metadata: { ...metadata, ...Object.fromEntries(merged) } };
}

/** kustomize leaves empty labels and annotations out, as many charts write them; to Kubernetes they are the same. */
function withoutEmpty(object: JsonObject): JsonObject {
  if (!isObject(object.metadata)) return object;
  const metadata = Object.entries(object.metadata).filter(
    ([key, value]) => !['annotations', 'labels'].includes(key) || (isObject(value) && Object.keys(value).length > 0),
  );
  return { ...object, metadata: Object.fromEntries(metadata) };
}
