import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { type Component, isObject, type JsonObject } from '@fluxwright/model';
import type { ComponentTemplate } from './component-template.ts';
import { objectFault } from './object-faults.ts';
import { placeInComponent } from './place-in-component.ts';
import { readRendering } from './read-rendering.ts';
import type { RenderCache } from './render-cache.ts';
import type { RenderedObject, TaskFinding, TaskResult } from './rendered-object.ts';
import { renderTemplate } from './template/render-template.ts';
import type { TemplateContext } from './template/template-context.ts';
import { spanAt, type TracedText, traceKey, traceRendering } from './trace-rendering.ts';
import type { YamlDocument, YamlFault } from './yaml/yaml-document.ts';

/** What a template task works on. */
export interface TemplateInput {
  readonly component: Component;
  readonly template: ComponentTemplate;
  readonly context: TemplateContext;
  readonly cache: RenderCache;
}

/** Renders a template to objects, each placed in its component. */
export function renderObjects(input: TemplateInput): TaskResult {
  const { documents, text, findings } = renderDocuments(input);
  const found: TaskFinding[] = [...findings];
  const objects: RenderedObject[] = [];
  for (const document of documents) {
    const span = spanAt(text, document.position.start);
    const fault = objectFault(document.value);
    if (fault === undefined) {
      const object = { object: document.value as JsonObject, span, trace: tracer(text, document) };
      objects.push(placeInComponent(object, input.component, input.cache.scopeOf));
    } else {
      const message = `the template yields what is no Kubernetes object: ${fault.message}`;
      found.push(plain(diagnostic('render/not-an-object', { message, primary: span, help: fault.help })));
    }
  }
  return { objects, findings: found };
}

/** Renders a template to one map: a chart's values. An empty file is an empty map. */
export function renderValues(input: TemplateInput): TaskResult {
  const { documents, text, findings } = renderDocuments(input);
  const [document, second] = documents;
  if (findings.length > 0 || document === undefined) return { objects: [], findings };
  const wrong = second ?? (isObject(document.value) ? undefined : document);
  const span = spanAt(text, (wrong ?? document).position.start);
  if (wrong === undefined) {
    return { objects: [{ object: document.value as JsonObject, span, trace: tracer(text, document) }], findings };
  }
  const message = "a chart's values must be one YAML map";
  const help = 'write the keys of the values themselves, without --- and without a list around them';
  return { objects: [], findings: [plain(diagnostic('render/invalid-yaml', { message, primary: span, help }))] };
}

interface RenderedDocuments {
  readonly documents: readonly YamlDocument[];
  readonly text: TracedText;
  readonly findings: readonly TaskFinding[];
}

function renderDocuments({ template: { template, diagnostics }, context, cache }: TemplateInput): RenderedDocuments {
  const nothing = { documents: [], text: { template, pieces: [] } };
  if (diagnostics.length > 0) return { ...nothing, findings: diagnostics.map(plain) };
  const rendering = renderTemplate(template, context);
  if (rendering.diagnostics.length > 0) return { ...nothing, findings: rendering.diagnostics.map(plain) };
  const { documents, faults, pieces } = readRendering(rendering, cache.readYaml);
  const text = { template, pieces };
  return { documents, text, findings: faults.map((fault) => invalidYaml(text, rendering.text, fault)) };
}

function invalidYaml(text: TracedText, rendered: string, fault: YamlFault): TaskFinding {
  if (fault.ambiguous === true) return ambiguous(text, fault);
  const { message, help, start, end } = fault;
  const lineStart = rendered.lastIndexOf('\n', start - 1) + 1;
  const line = rendered.slice(lineStart).split('\n', 1)[0] ?? '';
  const onLine = text.pieces.filter((piece) => piece.start >= lineStart && piece.start < lineStart + line.length);
  return {
    reads: onLine.flatMap(({ reads }) => reads),
    diagnostic: diagnostic('render/invalid-yaml', {
      message: `the template yields invalid YAML: ${message}`,
      primary: spanAt(text, start, end - start),
      note: `rendered as: ${line.length > 80 ? `${line.slice(0, 80)}…` : line}`,
      help: onLine.some(({ type }) => type === 'print')
        ? `print what may hold anything with quote, e.g. {{quote values.name}}, a map or list with toJson; else ${help}`
        : help,
    }),
  };
}

/** What a template prints may be a secret: only what stands in the template itself is said. */
function ambiguous(text: TracedText, { message, help, start, end }: YamlFault): TaskFinding {
  const inside = text.pieces.filter(({ start: at, type }) => type === 'print' && at < end);
  const printed = inside.filter((piece) => (text.pieces[text.pieces.indexOf(piece) + 1]?.start ?? end) > start);
  return {
    reads: printed.flatMap(({ reads }) => reads),
    diagnostic: diagnostic('render/ambiguous-scalar', {
      message: 'the template yields a value that YAML readers disagree on',
      primary: spanAt(text, start, end - start),
      note: printed.length === 0 ? message : 'YAML 1.2, Helm and kustomize do not read the same in what it prints here',
      help: printed.length === 0 ? help : 'print text by {{quote …}}, and give a number or boolean in the value',
    }),
  };
}

function plain(each: Diagnostic): TaskFinding {
  return { diagnostic: each, reads: [] };
}

function tracer(text: TracedText, { position }: YamlDocument): RenderedObject['trace'] {
  return (path, part) =>
    (part === 'key' ? traceKey(text, position, path) : undefined) ?? traceRendering(text, position, path);
}
