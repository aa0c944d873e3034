import type { Span } from '@fluxwright/diagnostics';
import { formatPath, type JsonObject, type JsonPath } from '@fluxwright/model';
import type { OutputFile } from '../output-tree.ts';
import type { RenderedCluster, Resource } from '../rendered-cluster.ts';
import { leafPaths } from './value-path.ts';

/**
 * provenance.json: for each file of the tree the `file:line` its object came from, and below it one line for each value
 * that does not stand literally in that file: first the template or manifest line that wrote it, then the lines of the
 * value layers behind it. A value whose path is not listed is written literally in the object's source.
 * All lists are sorted, so that a changed value changes one line.
 */
export function provenanceFile(rendered: RenderedCluster): OutputFile {
  const entries = [
    ...rendered.resources.map((resource) => ({ path: resource.path, text: resourceEntry(resource) })),
    ...rendered.copies.map(({ path, source }) => ({ path, text: `{ "source": ${JSON.stringify(place(source))} }` })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const lines = entries.map(({ path, text }) => `  ${JSON.stringify(path)}: ${text}`);
  return { path: 'provenance.json', text: `{\n${lines.join(',\n')}\n}\n` };
}

function resourceEntry(resource: Resource): string {
  const { origin } = resource;
  const source = JSON.stringify(place(origin.span));
  const values: string[] = [];
  for (const { path, key } of madeLeaves(resource)) {
    const { span, layers } = origin.trace(path);
    if (layers.length === 0 && span.file === origin.span.file) continue;
    values.push(`      ${key}: [${[span, ...layers].map((each) => JSON.stringify(place(each))).join(', ')}]`);
  }
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

/** Objects are shared by clusters: which of their values are not literal is found once a process. */
const known = new WeakMap<JsonObject, readonly Leaf[]>();

/** The leaves that are not literal in the object's source, sorted. Layers differ by cluster, what a template reads does not. */
function madeLeaves({ object, origin }: Resource): readonly Leaf[] {
  let leaves = known.get(object);
  if (leaves === undefined) {
    leaves = leafPaths(object)
      .filter((path) => {
        const { span, layers, reads } = origin.trace(path);
        return reads.length > 0 || layers.length > 0 || span.file !== origin.span.file;
      })
      .map((path) => ({ path, key: JSON.stringify(formatPath(path)) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    known.set(object, leaves);
  }
  return leaves;
}
