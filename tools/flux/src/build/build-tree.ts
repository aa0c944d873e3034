import type { YamlDocument } from '@fluxwright/documents';
import { isObject, type JsonObject } from '@fluxwright/documents';
import { objectKey } from '@fluxwright/kubernetes';
import { RenderError } from 'flux-render-wasm';
import { fluxNode, isFluxKustomization } from '../tree/flux-node.ts';
import type { AppliedFolder, TreeParts } from '../tree/flux-tree.ts';
import { entriesOf, type KustomizationFile } from '../tree/kustomization-file.ts';
import { folderName, listedFiles, pathInSource } from '../tree/listed-files.ts';
import { folderIn, sourcePlaces } from '../tree/source-places.ts';
import type { TreeObject } from '../tree/tree-object.ts';
import { buildFault } from './build-fault.ts';
import { buildInputs, listedFolders } from './build-inputs.ts';
import type { RenderEngine } from './render-engine.ts';
import { objectOf, objectsIn, type TreeFile, type TreeFiles } from './tree-files.ts';

/** A tree as Flux sees it, and the files it was made of. */
export interface BuiltTree {
  readonly parts: TreeParts;
  /** Files that something applies; all of them where nothing in the tree says what is applied. */
  readonly applied: ReadonlySet<string>;
  /** Files that kustomize has read without a fault. */
  readonly sound: ReadonlySet<string>;
}

interface Build {
  readonly folder: string;
  readonly objects: readonly TreeObject[];
  readonly inputs: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  /** True where kustomize has not built it, and the objects are as they stand. */
  readonly isFailed?: true;
  /** What kustomize-controller will say of it, where that can be known. */
  readonly fault?: string;
}

/** A folder is built again where what applies it has changed by then; more than this often means that it never ends. */
const mostRounds = 8;

/**
 * Builds every folder that something applies as kustomize-controller does, with what its FluxKustomization adds but for the
 * substitution, whose rules look at the text before it. FluxKustomizations that such a folder holds are followed in turn. What
 * nobody applies is taken for applied by somebody else: kustomization files that no other lists, and manifests that
 * no kustomization file beside them passes over.
 */
export async function buildTree(files: TreeFiles, engine: RenderEngine): Promise<BuiltTree> {
  const listed = listedFolders(files);
  const heads = [...files.kustomizations.values()]
    .filter(({ folder, object }) => !listed.has(folder) && object.kind !== 'Component')
    .map(({ folder }) => folder);
  const entries = await Promise.all(heads.map((folder) => build(folder, undefined, { files, engine })));
  const loose = looseObjects(files, entries);
  const builds = new Map<string, { readonly by: TreeObject; readonly build: Build }>();
  let places: ReadonlyMap<string, string> = new Map();
  for (let round = 0; round < mostRounds; round += 1) {
    const kustomizations = kustomizationsOf(entries, loose, builds);
    const nodes = kustomizations.map((each) => fluxNode(each));
    const outside = [...entries.flatMap(({ objects }) => objects), ...loose];
    const inside = [...builds.values()].flatMap(({ build: { objects } }) => objects);
    places = sourcePlaces(nodes, files.folders, [...outside, ...inside]);
    const wanted = nodes.flatMap((node) => {
      const by = node.object;
      const folder = folderIn(node, places, files.folders);
      return folder === undefined ? [] : [{ by, folder }];
    });
    const next = await Promise.all(
      wanted.map(async ({ by, folder }) => {
        const known = builds.get(keyOf(by));
        const isKnown = known?.build.folder === folder && JSON.stringify(known.by.object) === JSON.stringify(by.object);
        return [keyOf(by), { by, build: isKnown ? known.build : await build(folder, by, { files, engine }) }] as const;
      }),
    );
    const isDone =
      next.length === builds.size && next.every(([key, { build: made }]) => builds.get(key)?.build === made);
    builds.clear();
    for (const [key, value] of next) builds.set(key, value);
    if (isDone) break;
  }
  return assemble(files, { entries, loose, places, builds: [...builds.values()] });
}

interface Parts {
  readonly entries: readonly Build[];
  readonly loose: readonly TreeObject[];
  readonly places: ReadonlyMap<string, string>;
  readonly builds: readonly { readonly by: TreeObject; readonly build: Build }[];
}

function assemble(files: TreeFiles, { entries, loose, places, builds }: Parts): BuiltTree {
  const covered = new Set(builds.flatMap(({ build: { inputs } }) => [...inputs]));
  const others = [...entries.flatMap(({ objects }) => objects), ...loose].filter(({ path }) => !covered.has(path));
  const objects = new Map<string, TreeObject>();
  const canonical = (object: TreeObject): TreeObject => {
    const key = `${keyOf(object)} ${JSON.stringify(object.object)}`;
    const known = objects.get(key);
    if (known !== undefined) return known;
    objects.set(key, object);
    return object;
  };
  for (const each of others) canonical(each);
  const built = builds.map(({ by, build: { folder, objects: own, fault } }) => ({
    kustomization: canonical(by),
    folder,
    isOwn: true,
    objects: own.map(canonical),
    ...(fault !== undefined && { fault }),
  }));
  const isBuilt = new Set(built.map(({ kustomization }) => kustomization));
  const applied: readonly AppliedFolder[] = [
    ...built,
    ...[...objects.values()]
      .filter((each) => isFluxKustomization(each) && !isBuilt.has(each))
      .map((each) => ({ kustomization: each, isOwn: places.has(fluxNode(each).source), objects: [] })),
  ];
  const roots = entries.filter((each) => each.objects.some(({ group }) => group.endsWith('.toolkit.fluxcd.io')));
  const isSaid = builds.length > 0;
  const read = new Set([...builds.map(({ build: made }) => made), ...roots].flatMap(({ folders }) => [...folders]));
  const kustomizationFiles: readonly KustomizationFile[] = [...files.kustomizations.values()].filter(
    ({ folder }) => !isSaid || read.has(folder),
  );
  const made = [...entries, ...builds.map((each) => each.build)];
  return {
    parts: {
      objects: [...objects.values()],
      applied,
      kustomizationFiles,
      files: new Map([...files.files.values()].flatMap(({ path, isYaml, text }) => (isYaml ? [[path, text]] : []))),
      isPart: true,
    },
    applied: isSaid
      ? new Set([...covered, ...roots.flatMap(({ inputs }) => [...inputs]), ...loose.map(({ path }) => path)])
      : new Set(files.files.keys()),
    sound: new Set(made.filter(({ isFailed }) => isFailed !== true).flatMap(({ inputs }) => [...inputs])),
  };
}

interface Means {
  readonly files: TreeFiles;
  readonly engine: RenderEngine;
}

async function build(folder: string, by: TreeObject | undefined, { files, engine }: Means): Promise<Build> {
  const spec: JsonObject = by !== undefined && isObject(by.object.spec) ? by.object.spec : {};
  const components = Array.isArray(spec.components) ? spec.components.filter((each) => typeof each === 'string') : [];
  const more = components.flatMap((each) => [...buildInputs([pathInSource(folder, each)], files).files]);
  const inputs = buildInputs([folder], files);
  const all = new Set([...inputs.files, ...more]);
  const { postBuild, path, ...rest } = spec;
  try {
    const { objects } = await engine.build({
      files: Object.fromEntries([...all].map((each) => [each, files.files.get(each)?.text ?? ''])),
      path: folder === '' ? '.' : folder,
      ...(by !== undefined && { fluxKustomization: { ...by.object, spec: rest } }),
    });
    const made = objects.flatMap(({ object, file, configuredIn }) => {
      const source = files.files.get(file ?? configuredIn ?? '');
      if (source === undefined) return [];
      return objectOf(
        object as JsonObject,
        source,
        file === undefined ? undefined : documentOf(object as JsonObject, source),
      );
    });
    return { folder, objects: made, inputs: all, folders: inputs.folders };
  } catch (error) {
    const { message } = buildFault(error, (path) => ({ span: { file: path } }));
    // What an engine gives up on may be too much for the controller as well.
    const isFault = !(error instanceof RenderError) || (error.fault.kind === 'kustomization' && inputs.isWhole);
    return {
      folder,
      objects: plainObjects(folder, files),
      inputs: all,
      folders: inputs.folders,
      isFailed: true,
      ...(isFault && { fault: message.replace(/^kustomize cannot build \S+: /, '') }),
    };
  }
}

/** What a folder that cannot be built lists, as it stands. */
function plainObjects(folder: string, { files, kustomizations }: TreeFiles): readonly TreeObject[] {
  const lists = new Map([...kustomizations.values()].map(({ folder: each, object }) => [each, entriesOf(object)]));
  return listedFiles(folder, { paths: [...files.keys()], lists }).flatMap((path) => {
    const file = files.get(path);
    return file === undefined ? [] : objectsIn(file);
  });
}

/** Manifests that no build has read, but for those that the kustomization file beside them passes over. */
function looseObjects(files: TreeFiles, entries: readonly Build[]): readonly TreeObject[] {
  const read = new Set(entries.flatMap(({ inputs }) => [...inputs]));
  const inputs = new Set([...files.kustomizations.keys()].flatMap((folder) => [...buildInputs([folder], files).files]));
  return [...files.files.values()]
    .filter(({ path }) => !read.has(path) && !inputs.has(path))
    .filter(({ path }) => !files.kustomizations.has(folderName(path)))
    .flatMap(objectsIn);
}

function kustomizationsOf(
  entries: readonly Build[],
  loose: readonly TreeObject[],
  builds: ReadonlyMap<string, { readonly build: Build }>,
): readonly TreeObject[] {
  const made = [...builds.values()].map((each) => each.build);
  const covered = new Set(made.flatMap(({ inputs }) => [...inputs]));
  const inside = made.flatMap(({ objects }) => objects);
  const outside = [...entries.flatMap(({ objects }) => objects), ...loose].filter(({ path }) => !covered.has(path));
  const found = new Map<string, TreeObject>();
  for (const each of [...outside, ...inside]) {
    if (isFluxKustomization(each)) found.set(keyOf(each), each);
  }
  return [...found.values()];
}

/** Where an object began, and what it is called now. */
function keyOf(object: TreeObject): string {
  const [place] = object.locate(['kind']);
  return `${object.path}:${place?.start?.line ?? 0} ${objectKey(object)}`;
}

/** The document an object began as: kustomize changes names by what it puts before and behind them, and never the kind. */
function documentOf(object: JsonObject, { documents }: TreeFile): YamlDocument | undefined {
  const name = nameOf(object);
  const ofKind = documents.filter(({ value }) => isObject(value) && value.kind === object.kind);
  return ofKind.find(({ value }) => nameOf(value) === name) ?? ofKind.find(({ value }) => name.includes(nameOf(value)));
}

function nameOf(value: unknown): string {
  const metadata = isObject(value as JsonObject) ? (value as JsonObject).metadata : undefined;
  return isObject(metadata) ? String(metadata.name) : '';
}
