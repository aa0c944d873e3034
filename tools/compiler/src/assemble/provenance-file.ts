import type { Span } from '@fluxwright/diagnostics';
import { by, byPath, formatPath, type JsonObject, type JsonPath, type SourceDocument } from '@fluxwright/documents';
import { componentLabel, managedByLabel } from '../data/compiler-labels.ts';
import type { OutputFile } from '../data/output-tree.ts';
import type { Origin, RenderedCluster, Resource, ValueOrigin } from '../data/rendered-cluster.ts';
import { provenancePath } from './file-record.ts';
import { sourcePointer } from './source-pointer.ts';
import { leafPaths } from './value-path.ts';

/**
 * provenance.json: for each file of the tree the source its object came from, and below it one line for each value
 * that came from elsewhere: first the template or manifest that wrote it, then the value layers behind it, the strongest
 * first. A place in a manifest or values file is `file#/json/pointer`, a template is its file: a comment that moves lines
 * changes nothing here, and whoever wants lines asks `explain`, which has them from the sources as they are. A value whose path is not listed is literal: the source has it as it is, or, where the source
 * is a manifest, the compiler gives it to every object of the kind. Sorted, so that a changed value changes one line.
 */
export function provenanceFile(rendered: RenderedCluster): OutputFile {
  const { documents } = rendered.cluster;
  const manifests = new Set([
    rendered.cluster.file,
    ...rendered.cluster.components.map(({ component }) => component.manifest.file),
  ]);
  const entries = [
    ...rendered.resources.map((resource) => ({
      path: resource.path,
      text: resourceEntry(resource, { manifests, documents }),
    })),
    ...[...rendered.copies, ...(rendered.bootstrap?.files ?? [])].map(({ path, source }) => ({
      path,
      text: `{ "source": ${JSON.stringify(sourcePointer(documents, source))} }`,
    })),
  ].sort(byPath);
  const distinct = entries.filter(({ path }, index) => entries[index - 1]?.path !== path);
  const lines = distinct.map(({ path, text }) => `  ${JSON.stringify(path)}: ${text}`);
  return { path: provenancePath, text: `{\n${lines.join(',\n')}\n}\n` };
}

interface Sources {
  readonly manifests: ReadonlySet<string>;
  readonly documents: ReadonlyMap<string, SourceDocument>;
}

function resourceEntry(resource: Resource, { manifests, documents }: Sources): string {
  const source = JSON.stringify(sourcePointer(documents, resource.origin.span));
  const values = madeValues(resource, manifests).map(({ key, origin }) => {
    const places = [origin.span, ...origin.layers].map((span) => JSON.stringify(sourcePointer(documents, span)));
    return `      ${key}: [${places.join(', ')}]`;
  });
  if (values.length === 0) return `{ "source": ${source} }`;
  return `{\n    "source": ${source},\n    "values": {\n${values.join(',\n')}\n    }\n  }`;
}

/** `file:line`, or the file alone where the span names it as a whole. */
export function place({ file, start }: Span): string {
  return start === undefined ? file : `${file}:${start.line}`;
}

interface Leaf {
  readonly path: JsonPath;
  /** The path as a JSON string. */
  readonly key: string;
}

/** Objects are shared by clusters: which of their values are literal is found once a process. */
const known = new WeakMap<JsonObject, readonly Leaf[]>();

/** The values that are not literal, sorted. Layers differ by cluster; what a template reads does not. */
function madeValues(resource: Resource, manifests: ReadonlySet<string>): (Leaf & { readonly origin: ValueOrigin })[] {
  const { object, origin } = resource;
  const leaves = known.get(object);
  if (leaves !== undefined) return leaves.map((leaf) => ({ ...leaf, origin: origin.trace(leaf.path) }));
  const made = leafPaths(object)
    .filter((path) => !isCompilerLabel(path))
    .map((path) => ({ path, origin: origin.trace(path) }))
    .filter((each) => !isLiteral(each.origin, origin, manifests))
    .map((each) => ({ ...each, key: JSON.stringify(formatPath(each.path)) }))
    .sort(by(({ key }) => key));
  known.set(
    object,
    made.map(({ path, key }) => ({ path, key })),
  );
  return made;
}

function isLiteral(value: ValueOrigin, object: Origin, manifests: ReadonlySet<string>): boolean {
  if (value.reads.length > 0 || value.layers.length > 0 || value.span.file !== object.span.file) return false;
  return !manifests.has(value.span.file) || value.span.start?.line === object.span.start?.line;
}

/** Every object has these labels, and all for the same reason. */
function isCompilerLabel([root, map, key]: JsonPath): boolean {
  return root === 'metadata' && map === 'labels' && (key === managedByLabel || key === componentLabel);
}
