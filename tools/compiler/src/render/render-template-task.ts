import { type Diagnostic, diagnostic, lineStarts, maskSecrets, positionAt } from '@fluxwright/diagnostics';
import type { YamlDocument, YamlFault } from '@fluxwright/documents';
import { isObject, type JsonObject, type JsonPath } from '@fluxwright/documents';
import { type Component, secretsOf, seesSecret } from '@fluxwright/model';
import type { ComponentTemplate } from '../template/component-template.ts';
import { type Rendering, renderTemplate } from '../template/render-template.ts';
import type { TemplateContext } from '../template/template-context.ts';
import { objectFault } from './object-faults.ts';
import { placeInComponent } from './place-in-component.ts';
import { readRendering } from './read-rendering.ts';
import type { RenderCache } from './render-cache.ts';
import type { RenderedObject, TaskFinding, TaskResult } from './rendered-object.ts';
import { spanAt, type TracedText, traceKey, traceRendering } from './trace-rendering.ts';

/** What a template task works on. */
export interface TemplateInput {
  readonly component: Component;
  readonly template: ComponentTemplate;
  readonly context: TemplateContext;
  readonly cache: RenderCache;
  /** The component that the objects belong to, where the template is of another. */
  readonly placedIn?: Component;
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
      objects.push(placeInComponent(object, input.placedIn ?? input.component, input.cache.scopeOf));
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

function renderDocuments({
  component,
  template: { template, diagnostics },
  context,
  cache,
}: TemplateInput): RenderedDocuments {
  const nothing = { documents: [], text: { template, pieces: [] } };
  if (diagnostics.length > 0) return { ...nothing, findings: diagnostics.map(plain) };
  const rendering = renderTemplate(template, context);
  if (rendering.diagnostics.length > 0) return { ...nothing, findings: rendering.diagnostics.map(plain) };
  const { documents, faults, pieces } = readRendering(rendering, cache.readYaml);
  const text = { template, pieces };
  if (faults.length === 0) return { documents, text, findings: [] };
  const shown = withoutSecrets(rendering, secretsOf(component, (context.roots.values?.value ?? {}) as JsonObject));
  return {
    documents,
    text,
    findings: faults.map((fault) => invalidYaml(text, { rendered: rendering.text, shown }, fault)),
  };
}

/** What a template wrote, with stars for all that was made of a secret value, whatever the template has done to it. */
function withoutSecrets({ text, pieces }: Rendering, secrets: readonly JsonPath[]): string {
  return pieces
    .map(({ start, reads }, index) => {
      const written = text.slice(start, pieces[index + 1]?.start ?? text.length);
      const isSecret = reads.some((read) => read[0] === 'values' && seesSecret(read.slice(1), secrets));
      return isSecret ? written.replace(/[^\r\n]/g, '*') : written;
    })
    .join('');
}

interface Written {
  readonly rendered: string;
  /** The same, fit to be shown. */
  readonly shown: string;
}

function invalidYaml(text: TracedText, { rendered, shown }: Written, fault: YamlFault): TaskFinding {
  if (fault.ambiguous === true) return ambiguous(text, fault);
  const { message, help, start, end } = fault;
  const starts = lineStarts(rendered);
  const lineStart = starts[positionAt(starts, start).line - 1] ?? 0;
  const line = rendered.slice(lineStart).split(/[\r\n]/, 1)[0] ?? '';
  const said = maskSecrets(shown.slice(lineStart, lineStart + line.length));
  const onLine = text.pieces.filter((piece) => piece.start >= lineStart && piece.start < lineStart + line.length);
  return {
    reads: onLine.flatMap(({ reads }) => reads),
    diagnostic: diagnostic('render/invalid-yaml', {
      message: `the template yields invalid YAML: ${message}`,
      primary: spanAt(text, start, end - start),
      note: `rendered as: ${said.length > 80 ? `${said.slice(0, 80)}…` : said}`,
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
