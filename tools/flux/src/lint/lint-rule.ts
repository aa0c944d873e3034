import { type Diagnostic, type DiagnosticCode, diagnostic, type Label, layerLabels } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import type { KustomizationFile } from '../tree/kustomization-file.ts';
import type { TreeObject } from '../tree/tree-object.ts';
import type { LintContext } from './lint-context.ts';

type LintCode = Extract<DiagnosticCode, `lint/${string}`>;

/** What a rule found. */
export interface LintFinding {
  readonly object: TreeObject | KustomizationFile;
  readonly at: JsonPath;
  readonly part?: 'key';
  readonly message: string;
  readonly note?: string;
  readonly help?: string;
  readonly labels?: readonly Label[];
}

/** One rule about what Flux makes of a tree. */
export interface LintRule {
  readonly code: LintCode;
  /** True for a rule that the compiler keeps or checks by other means: it is for trees that others wrote. */
  readonly isForeign?: true;
  check(context: LintContext): readonly LintFinding[];
}

/** A finding as a diagnostic: at the line that wrote the value, with the lines the value came from. */
export function lintDiagnostic({ code }: LintRule, finding: LintFinding): Diagnostic {
  const { object, at, part, labels = [], ...fields } = finding;
  const [primary, ...layers] = object.locate(at, part);
  return diagnostic(code, {
    ...fields,
    ...(primary && { primary }),
    labels: [...layerLabels(layers), ...labels],
  });
}

/** A further place of a finding. */
export function labelAt(object: TreeObject, at: JsonPath, message: string): readonly Label[] {
  return object
    .locate(at)
    .slice(0, 1)
    .map((span) => ({ span, message }));
}
