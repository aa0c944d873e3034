import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Diagnostic, formatText } from '@fluxwright/diagnostics';
import { readEntry, writeEntry } from './archive-entry.ts';
import { layOut } from './lay-out.ts';
import { type ArchivePart, formatArchive, parseArchive } from './text-archive.ts';

/**
 * A bad input and the message it gets, in one text archive: `<name>.txtar` is a case of the code `<stage>/<name>`,
 * `<name>.<variant>.txtar` a further one. Its parts are files, as `readEntry` reads them; the last, `message`, is
 * what a user reads.
 */
export interface DiagnosticCase {
  readonly code: string;
  /** `<stage>/<name>` or `<stage>/<name>.<variant>`. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
}

export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** What finds the diagnostics of the folder that a case is laid out in. */
export type CheckCase = (root: string) => CheckResult | Promise<CheckResult>;

/** The cases of one stage: the archives at any depth below a folder, sorted by name. */
export function casesBelow(folder: string, stage: string): readonly DiagnosticCase[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.txtar'))
    .map((file) => ({ file: path.join(folder, file), name: `${stage}/${path.basename(file, '.txtar')}` }))
    .map(({ file, name }) => ({ file, name, code: name.replace(/\..*$/, '') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What a user reads of a case; undefined where nobody has run it yet. */
export function messageOf({ file }: DiagnosticCase): string | undefined {
  const part = parseArchive(readFileSync(file, 'utf8')).parts.find(isMessage);
  const entry = part && readEntry(part);
  return entry?.kind === 'file' ? entry.bytes.toString() : undefined;
}

/** Puts the input of a case into a folder, which may hold what it lies over. */
export function layOutCase({ file }: DiagnosticCase, root: string): void {
  layOut(root, inputOf(file).parts.map(readEntry));
}

/**
 * Runs a case in a folder of its own, over a copy of the folder `over` where there is one. Gives what was found, and the
 * archive with the message that it gives now: equal to the file where that is as it should be.
 */
export async function runCase(
  each: DiagnosticCase,
  { over, check }: { readonly over?: string; readonly check: CheckCase },
): Promise<{ readonly archive: string; readonly diagnostics: readonly Diagnostic[] }> {
  const root = mkdtempSync(path.join(tmpdir(), 'fluxwright-case-'));
  try {
    if (over !== undefined) cpSync(over, root, { recursive: true });
    layOutCase(each, root);
    const { diagnostics, sources } = await check(root);
    const { comment, parts } = inputOf(each.file);
    const bytes = Buffer.from(formatText(diagnostics, { sources }));
    const message = writeEntry({ path: messagePart, kind: 'file', bytes });
    return { archive: formatArchive({ comment, parts: [...parts, message] }), diagnostics };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const messagePart = 'message';

function isMessage({ name }: ArchivePart): boolean {
  return name === messagePart || name === `${messagePart} (escaped)`;
}

function inputOf(file: string) {
  const { comment, parts } = parseArchive(readFileSync(file, 'utf8'));
  return { comment, parts: parts.filter((part) => !isMessage(part)) };
}
