import { clusterLines } from './cluster-lines.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Severity } from './registry.ts';
import { collectFindings, type Finding } from './sort.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'notice' };

/**
 * All findings as workflow commands, which GitHub and Gitea show beside the line in a pull request.
 * Format: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 */
export function formatCi(diagnostics: readonly Diagnostic[]): string {
  return collectFindings(diagnostics)
    .map((finding) => `${annotation(finding)}\n`)
    .join('');
}

function annotation({ diagnostic, clusters, alike }: Finding): string {
  const { severity, code, message, primary, note, labels, help } = diagnostic;
  const properties = [
    ...(primary === undefined ? [] : [['file', primary.file]]),
    ...(primary?.start === undefined
      ? []
      : [
          ['line', primary.start.line],
          ['col', primary.start.column],
        ]),
    ...(primary?.end === undefined
      ? []
      : [
          ['endLine', primary.end.line],
          ['endColumn', primary.end.column],
        ]),
    ['title', code],
  ];
  const text = [
    message,
    ...(note === undefined ? [] : [note]),
    ...labels.map(
      ({ span, message: said }) => `${span.file}${span.start === undefined ? '' : `:${span.start.line}`}: ${said}`,
    ),
    ...clusterLines({ clusters, alike }),
    ...(help === undefined ? [] : [`help: ${help}`]),
  ].join('\n');
  return `::${commands[severity]} ${properties.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',')}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
