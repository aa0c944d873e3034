import { maskSecrets } from './mask.ts';
import { type CodeEntry, type DiagnosticCode, registry, type Severity } from './registry.ts';
import type { Span } from './span.ts';

/** A second place that takes part in a finding: the schema line that forbids a value, the other definition. */
export interface Label {
  readonly span: Span;
  readonly message: string;
}

/** One finding: plain data, ready for any printer. Made by {@link diagnostic}, which masks secrets. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence that names the user's thing; fits 100 columns where it can. */
  readonly message: string;
  readonly primary?: Span;
  /** What to say beside the caret, e.g. `no folder components/promtheus`. */
  readonly note?: string;
  readonly labels: readonly Label[];
  /** An action or a command that mends it. */
  readonly help?: string;
  /** Page of the code, from the workspace root: `docs/errors/<code>.md`. */
  readonly docs: string;
  /** The cluster in whose compile the finding came up, where there is one. */
  readonly cluster?: string;
}

export interface DiagnosticFields {
  readonly message: string;
  readonly primary?: Span;
  readonly note?: string;
  readonly labels?: readonly Label[];
  readonly help?: string;
  readonly cluster?: string;
}

/**
 * Makes a diagnostic of a registered code; severity and docs page come from the registry. Credentials in URLs, tokens
 * and private keys are masked in every text here, so that no printer can leak them.
 */
export function diagnostic(code: DiagnosticCode, fields: DiagnosticFields): Diagnostic {
  const help = fields.help ?? (registry[code] as CodeEntry).help;
  return {
    ...fields,
    code,
    severity: registry[code].severity,
    message: maskSecrets(fields.message),
    ...(fields.note === undefined ? {} : { note: maskSecrets(fields.note) }),
    ...(help === undefined ? {} : { help: maskSecrets(help) }),
    labels: (fields.labels ?? []).map((label) => ({ span: label.span, message: maskSecrets(label.message) })),
    docs: `docs/errors/${code}.md`,
  };
}

/** The lines of value layers that a value came from, as a finding names them. */
export function layerLabels(layers: readonly Span[]): readonly Label[] {
  return layers.map((span) => ({ span, message: 'the value comes from here' }));
}

/** A finding that was made before everything secret was known, held against what is known now. */
export function maskDiagnostic({ severity: _, docs: _docs, code, ...fields }: Diagnostic): Diagnostic {
  return diagnostic(code, fields);
}

/** What a stage returns: its value, as far as it could be made, and everything it found. */
export interface Staged<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** True where a finding of severity `error` is among them. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((each) => each.severity === 'error');
}
