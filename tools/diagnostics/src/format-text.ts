import { createColors } from 'picocolors';
import { clusterLines } from './cluster-lines.ts';
import { type CodeFrame, codeFrame, printable } from './code-frame.ts';
import { countLine } from './count.ts';
import type { Diagnostic } from './diagnostic.ts';
import { linesOf } from './lines.ts';
import { maskInPlace } from './mask.ts';
import { collectFindings, type Finding } from './sort.ts';
import type { Span } from './span.ts';

export interface TextOptions {
  /** Text of the files that spans name, by their path from the root; a file that is absent gets no frame. */
  readonly sources: ReadonlyMap<string, string>;
  /** ANSI colours; none unless asked for. */
  readonly color?: boolean;
}

type Colors = ReturnType<typeof createColors>;

/** All findings for people: message, place, source line with carets, other places, help; then a count. '' for none. */
export function formatText(diagnostics: readonly Diagnostic[], options: TextOptions): string {
  const findings = collectFindings(diagnostics);
  if (findings.length === 0) return '';
  const colors = createColors(options.color ?? false);
  const masked = new Map<string, readonly string[] | undefined>();
  const linesIn = (file: string): readonly string[] | undefined => {
    if (!masked.has(file)) {
      const text = options.sources.get(file);
      masked.set(file, text === undefined ? undefined : linesOf(maskInPlace(text, file)));
    }
    return masked.get(file);
  };
  const blocks = findings.map((finding) => formatFinding(finding, linesIn, colors));
  return `${[...blocks, countLine(findings)].join('\n\n')}\n`;
}

function formatFinding(
  { diagnostic, clusters, alike }: Finding,
  linesIn: (file: string) => readonly string[] | undefined,
  colors: Colors,
): string {
  const { severity, code, message, primary, note, labels, help } = diagnostic;
  const paint = severity === 'error' ? colors.red : severity === 'warning' ? colors.yellow : colors.cyan;
  const places = [
    ...(primary === undefined ? [] : [{ span: primary, text: note, mark: '^', paint }]),
    ...labels.map((label) => ({ span: label.span, text: label.message, mark: '-', paint: colors.blue })),
  ].map((place) => ({ ...place, frame: codeFrame(place.span, linesIn(place.span.file)) }));
  const gutter = Math.max(2, ...places.map(({ frame }) => String(frame?.line ?? 0).length));
  return [
    `${paint(colors.bold(`${severity}[${code}]`))}: ${colors.bold(printable(message))}`,
    ...places.flatMap((place) => formatPlace(place, gutter, colors)),
    ...(primary === undefined && note !== undefined ? [`  ${printable(note)}`] : []),
    ...clusterLines({ clusters, alike }).map((line) => `  ${printable(line)}`),
    ...(help === undefined ? [] : [`  ${colors.cyan('help')}: ${printable(help)}`]),
  ].join('\n');
}

interface Place {
  readonly span: Span;
  readonly text: string | undefined;
  readonly mark: string;
  readonly paint: (text: string) => string;
  readonly frame: CodeFrame | undefined;
}

function formatPlace({ span, text, mark, paint, frame }: Place, gutter: number, colors: Colors): readonly string[] {
  const { file, start } = span;
  const place = `  ${printable(start === undefined ? file : `${file}:${start.line}:${start.column}`)}`;
  const said = text === undefined ? '' : printable(text);
  if (frame === undefined) return [said === '' ? place : `${place}: ${said}`];
  const carets = `${' '.repeat(frame.offset)}${paint(`${mark.repeat(frame.width)}${said === '' ? '' : ` ${said}`}`)}`;
  return [
    place,
    `   ${colors.dim(`${String(frame.line).padStart(gutter)} |`)} ${frame.text}`.trimEnd(),
    `   ${colors.dim(`${' '.repeat(gutter)} |`)} ${carets}`,
  ];
}
