import { type Diagnostic, diagnostic, type Staged } from '@fluxwright/diagnostics';
import { by, formatPath, type JsonObject, type JsonPath, type YamlFault } from '@fluxwright/documents';
import {
  type ComponentFile,
  type ResolvedCluster,
  type ResolvedComponent,
  secretsOf,
  seesSecret,
} from '@fluxwright/model';
import type { BootstrapFile } from '../data/bootstrap.ts';
import type { RenderCache } from '../render/render-cache.ts';
import { inCluster } from '../render/render-stages.ts';
import type { TaskFinding } from '../render/rendered-object.ts';
import { spanAt, type TracedText } from '../render/trace-rendering.ts';
import { templateContext } from '../template/cluster-context.ts';
import { componentTemplate } from '../template/component-template.ts';
import { renderTemplate } from '../template/render-template.ts';
import { templateSpan } from '../template/template.ts';
import { bootstrapText } from './bootstrap-text.ts';

/**
 * The files that components of a cluster make for a person in `bootstrap/`: what is YAML or JSON parses, and no secret value is in
 * any. Where one prints a value that is not set there is none of them, and a hint says what is missing: Flux applies the
 * cluster all the same.
 */
export function renderBootstrap(cluster: ResolvedCluster, cache: RenderCache): Staged<readonly BootstrapFile[]> {
  const made = cluster.components.flatMap((resolved) =>
    resolved.component.bootstrap.map((file) => renderFile(file, { cluster, resolved, cache })),
  );
  const files = made.flatMap(({ value }) => value ?? []).sort(by(({ path }) => path));
  const diagnostics = [...made.flatMap((each) => each.diagnostics), ...conflicts(files)];
  const isWhole = made.every(({ value }) => value !== undefined);
  return { value: isWhole ? files : [], diagnostics: diagnostics.map((each) => ({ ...each, cluster: cluster.name })) };
}

interface Place {
  readonly cluster: ResolvedCluster;
  readonly resolved: ResolvedComponent;
  readonly cache: RenderCache;
}

function renderFile(file: ComponentFile, place: Place): Staged<BootstrapFile | undefined> {
  const { cluster, resolved, cache } = place;
  const { template, diagnostics } = componentTemplate(resolved.component, file);
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  const context = templateContext(cluster, resolved);
  const rendering = renderTemplate(template, context);
  const unset = rendering.diagnostics.map(unfinished);
  if (unset.length > 0) return { value: undefined, diagnostics: unset };
  const path = `bootstrap/${file.path.replace(/\.hbs$/, '')}`;
  const text = { template, pieces: rendering.pieces };
  const told = secretsIn(text, {
    secrets: secretsOf(resolved.component, context.roots.values?.value as JsonObject),
    path,
  });
  if (told.length > 0) return { value: undefined, diagnostics: told };
  const written = bootstrapText(path, rendering.text, { source: file.file, read: cache.readYaml });
  if (written.text !== undefined)
    return { value: { path, text: written.text, source: { file: file.file } }, diagnostics: [] };
  return {
    value: undefined,
    diagnostics: written.faults.map((fault) => inCluster(invalid(fault, { text, path }), place)),
  };
}

/** A value that is not set is a hint: the others are slips of the template. */
function unfinished({ docs: _docs, ...found }: Diagnostic): Diagnostic {
  if (found.code !== 'render/missing-value') return found as Diagnostic;
  const { code: _code, severity: _severity, ...said } = found;
  return diagnostic('bootstrap/incomplete', { ...said, message: `there is no bootstrap yet: ${said.message}` });
}

function secretsIn(
  { template, pieces }: TracedText,
  { secrets, path }: { readonly secrets: readonly JsonPath[]; readonly path: string },
): readonly Diagnostic[] {
  return pieces.flatMap(({ reads, source }) => {
    const read = reads.find((each) => each[0] === 'values' && seesSecret(each.slice(1), secrets));
    if (read === undefined) return [];
    return diagnostic('secret/secret-value', {
      message: `${path} holds ${formatPath(read)}, which is declared secret, and generated trees are committed`,
      primary: templateSpan(template, source),
      note: 'is printed here',
      help: 'let the person hand it over when it is needed: a variable of OpenTofu, or of the shell',
    });
  });
}

function invalid(
  { message, help, start, end }: YamlFault,
  { text, path }: { readonly text: TracedText; readonly path: string },
): TaskFinding {
  return {
    reads: text.pieces.filter((piece) => piece.start <= start).at(-1)?.reads ?? [],
    diagnostic: diagnostic('render/invalid-yaml', {
      message: `the template yields an invalid ${path}: ${message}`,
      primary: spanAt(text, start, end - start),
      help,
    }),
  };
}

function conflicts(files: readonly BootstrapFile[]): readonly Diagnostic[] {
  return files.flatMap(({ path, source }, index) => {
    const other = files[index - 1];
    if (other?.path !== path) return [];
    return diagnostic('plan/output-conflict', {
      message: `two components write ${path}`,
      primary: source,
      note: 'this one',
      labels: [{ span: other.source, message: 'and this one' }],
      help: 'rename one of the files',
    });
  });
}
