import { type Diagnostic, diagnostic, type Span, type Staged } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import { memo, memoText } from '@fluxwright/documents';
import type { Component, ResolvedCluster, ResolvedComponent } from '@fluxwright/model';
import { templateContext } from '../template/cluster-context.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { renderTemplate } from '../template/render-template.ts';

/** A value of a footprint after its template ran, and the place that decides it. */
export interface FootprintValue {
  readonly text: string;
  readonly span: Span;
}

/** Footprints live as long as their component: all clusters of a run share one parse. */
const parserOf = memo((component: Component) => memoText((text) => parseTemplate(component.manifest.file, text)));

/** Gives the value at a path of a component's spec; what stands in `{{ }}` is evaluated as in any template of it. */
export function footprintValue(
  cluster: ResolvedCluster,
  resolved: ResolvedComponent,
  { path, said }: { readonly path: JsonPath; readonly said: string | number },
): Staged<FootprintValue | undefined> {
  const { component, values } = resolved;
  const span = component.manifest.locate(['spec', ...path]);
  if (typeof said === 'number' || !said.includes('{{')) return { value: { text: String(said), span }, diagnostics: [] };
  const { template, diagnostics } = parserOf(component)(said);
  const rendering = diagnostics.length > 0 ? undefined : renderTemplate(template, templateContext(cluster, resolved));
  const found: readonly Diagnostic[] = rendering?.diagnostics ?? diagnostics;
  if (found.length > 0 || rendering === undefined) {
    return {
      value: undefined,
      diagnostics: found.map(({ code, severity: _, docs: _docs, ...each }) =>
        diagnostic(code, { ...each, primary: span }),
      ),
    };
  }
  const [read] = rendering.pieces.flatMap(({ reads }) => reads).filter(([root]) => root === 'values');
  const layer = read === undefined ? undefined : values.originsOf(read.slice(1))[0];
  return { value: { text: rendering.text, span: layer ?? span }, diagnostics: [] };
}
