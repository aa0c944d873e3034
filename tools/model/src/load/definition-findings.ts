import { type Diagnostic, diagnostic, didYouMean } from '@fluxwright/diagnostics';
import type { JsonObject, SourceDocument } from '@fluxwright/documents';
import { findCycles, isObject } from '@fluxwright/documents';
import { referencesIn } from '../schema/schema-references.ts';

const prefix = '#/$defs/';

/**
 * What a file of shared definitions must keep whoever uses it: a map of named definitions, each with a title and a
 * description, that refer to one another only, and never in a circle. What JSON Schema forbids is found where they are used.
 */
export function definitionFindings(document: SourceDocument): readonly Diagnostic[] {
  const { file, value } = document;
  const definitions = isObject(value) ? value.$defs : undefined;
  if (!isObject(definitions)) {
    const message = `${file} has no map of definitions`;
    const help = 'write {"$defs": {"NAME": {"title": "…", "description": "…"}}}';
    return [
      diagnostic('load/invalid-schema', {
        message,
        primary: document.locate(['$defs'], 'key'),
        note: 'no "$defs"',
        help,
      }),
    ];
  }
  return [...faults(document, definitions), ...circles(document, definitions), ...silent(document, definitions)];
}

function faults(document: SourceDocument, definitions: JsonObject): readonly Diagnostic[] {
  const names = Object.keys(definitions).sort();
  const unusable = names
    .filter((name) => !/^[A-Za-z0-9._-]+$/.test(name) || !isObject(definitions[name]))
    .map((name) =>
      diagnostic('load/invalid-schema', {
        message: `${document.file} has a definition that cannot be used`,
        primary: document.locate(['$defs', name], 'key'),
        note: isObject(definitions[name]) ? 'references cannot name it' : 'it is no map',
        help: 'name it with letters, digits, dots and dashes, and let it be a schema',
      }),
    );
  const lost = referencesIn(definitions, ['$defs']).filter(
    ({ ref }) => !ref.startsWith(prefix) || !names.includes(ref.slice(prefix.length)),
  );
  return [
    ...unusable,
    ...lost.map(({ path, ref }) =>
      diagnostic('load/invalid-schema', {
        message: `${document.file} refers to a definition that does not exist`,
        primary: document.locate(path),
        note: 'no definition of this file',
        help:
          didYouMean(
            ref,
            names.map((name) => `${prefix}${name}`),
          ) ?? `definitions refer to one another as "${prefix}NAME"`,
      }),
    ),
  ];
}

function circles(document: SourceDocument, definitions: JsonObject): readonly Diagnostic[] {
  const uses = (name: string) => referencesIn(definitions[name] ?? null, ['$defs', name]);
  const next = (name: string) =>
    uses(name).flatMap(({ ref }) => (ref.slice(prefix.length) in definitions ? [ref.slice(prefix.length)] : []));
  return findCycles(Object.keys(definitions).sort(), next).map((circle) => {
    const spans = circle.map((name, at) => {
      const to = circle[(at + 1) % circle.length];
      const path = uses(name).find(({ ref }) => ref === `${prefix}${to}`)?.path ?? ['$defs', name];
      return { span: document.locate(path), message: `"${name}" refers to "${to}"` };
    });
    const [first, ...others] = spans;
    return diagnostic('load/invalid-schema', {
      message: `${document.file} has definitions that refer to each other in a circle: ${[...circle, circle[0]].join(' → ')}`,
      ...(first && { primary: first.span, note: first.message }),
      labels: others,
      help: 'let one of them say what it holds instead of naming the next',
    });
  });
}

/** What everybody reads in an editor. */
function silent(document: SourceDocument, definitions: JsonObject): readonly Diagnostic[] {
  return Object.entries(definitions).flatMap(([name, each]) =>
    ['title', 'description']
      .filter((key) => isObject(each) && typeof each[key] !== 'string')
      .map((key) =>
        diagnostic('load/loose-schema', {
          message: `${document.file} does not say the ${key} of "${name}"`,
          primary: document.locate(['$defs', name], 'key'),
          note: `no ${key}`,
          help: `add "${key}"`,
        }),
      ),
  );
}
