import type { RenderedCluster, Resource } from '@fluxwright/compiler';
import type { Diagnostic, DiagnosticCode, DiagnosticFields, Span } from '@fluxwright/diagnostics';
import { diagnostic } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import type { Component, ComponentTest } from '@fluxwright/model';

/** A case whose cluster is rendered: what expectations are checked against. */
export interface CaseContext {
  readonly component: Component;
  readonly test: ComponentTest;
  readonly rendered: RenderedCluster;
}

/** The objects that are there because of the component: its own, the FluxKustomizations of its stages, and the services that it makes. */
export function objectsOf({ component, rendered }: Omit<CaseContext, 'test'>): readonly Resource[] {
  return rendered.resources.filter(
    ({ origin }) => origin.stage?.component === component.name || origin.service?.provider === component.name,
  );
}

/** A failed expectation, at its place below spec.expect. */
export function failure(
  code: DiagnosticCode,
  { test }: Pick<CaseContext, 'test'>,
  { at, part, ...fields }: Omit<DiagnosticFields, 'primary'> & { readonly at: JsonPath; readonly part?: 'key' },
): Diagnostic {
  const primary: Span = test.document.locate(['spec', 'expect', ...at], part);
  return diagnostic(code, { ...fields, primary });
}
