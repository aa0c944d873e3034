import type { Diagnostic } from '@fluxwright/diagnostics';
import { memo } from '@fluxwright/documents';
import type { Component, ComponentFile } from '@fluxwright/model';
import { analyzeTemplate, type TemplateAnalysis } from './analyze-template.ts';
import type { RootShape } from './context-shapes.ts';
import { networkRoot } from './network-shape.ts';
import { parseTemplate, plainTemplate } from './parse-template.ts';
import { componentShapes, serviceShapes } from './service-shapes.ts';
import type { Template } from './template.ts';
import type { Roots } from './template-context.ts';

/** A file of a component, parsed and looked through. */
export interface ComponentTemplate {
  readonly template: Template;
  readonly analysis: TemplateAnalysis;
  /** Why it cannot run, or names values that cannot exist. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Files live as long as their workspace: all clusters of a run share one parse. */
const parsed = memo((file: ComponentFile, component: Component) => readTemplate(component, file));

/** The template in a file of a component: `.hbs` runs, everything else is content as it stands. */
export function componentTemplate(component: Component, file: ComponentFile): ComponentTemplate {
  return parsed(file, component);
}

/** {@link componentShapes} of a component, made once. */
export const shapesOf = memo(componentShapes);

function shapesFor(component: Component, source: ComponentFile): Roots<RootShape> {
  const [kind] =
    [...component.services, ...component.crossing, ...component.trust].find(([, each]) => each === source) ?? [];
  if (kind !== undefined) return serviceShapes(component, kind);
  const own = shapesOf(component);
  return component.network.includes(source) ? { ...own, network: networkRoot } : own;
}

function readTemplate(component: Component, source: ComponentFile): ComponentTemplate {
  const { file, text } = source;
  const isTemplate = file.endsWith('.hbs');
  const { template, diagnostics } = isTemplate
    ? parseTemplate(file, text)
    : { template: plainTemplate(file, text), diagnostics: [] };
  const analysis = analyzeTemplate(template, shapesFor(component, source));
  return { template, analysis, diagnostics: [...diagnostics, ...analysis.diagnostics] };
}
