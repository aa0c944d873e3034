import { cpSync, existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Diagnostic, formatText } from '@fluxwright/diagnostics';

/**
 * A bad input and the message it gets. `fixtures/diagnostics/<stage>/<name>/` is the case of the code `<stage>/<name>`;
 * `<name>.<variant>` is a further one. `input/` lies over the good workspace fixtures/workspace; what git cannot hold
 * (a file of 5 MB, a symlink to nothing) is made by the function `make(root)` of `make.ts`. `message.txt` is the snapshot.
 */
export interface DiagnosticCase {
  readonly code: string;
  /** `<stage>/<name>` or `<stage>/<name>.<variant>`. */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
}

export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** What finds the diagnostics of a workspace: load and resolve, or the whole compile line. */
export type CheckWorkspace = (root: string) => CheckResult | Promise<CheckResult>;

const fixtures = path.join(import.meta.dirname, '../../fixtures');

/** All cases, sorted by name. */
export function diagnosticCases(): readonly DiagnosticCase[] {
  const root = path.join(fixtures, 'diagnostics');
  return readdirSync(root)
    .sort()
    .flatMap((stage) =>
      readdirSync(path.join(root, stage))
        .sort()
        .map((name) => `${stage}/${name}`),
    )
    .map((name) => ({ name, code: name.replace(/\..*$/, ''), folder: path.join(root, name) }));
}

/** Runs a case in a folder of its own and gives its snapshot: the input, then what a user would read. */
export async function runDiagnosticCase(
  each: DiagnosticCase,
  check: CheckWorkspace,
): Promise<{ text: string; diagnostics: readonly Diagnostic[] }> {
  const root = mkdtempSync(path.join(tmpdir(), 'fluxwright-case-'));
  try {
    const { input, diagnostics, sources } = await inWorkspace(each, root, check);
    const message = formatText(diagnostics, { sources });
    return { text: [...input, `──── message\n${message}`].join('\n'), diagnostics };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function inWorkspace({ folder }: DiagnosticCase, root: string, check: CheckWorkspace) {
  cpSync(path.join(fixtures, 'workspace'), root, { recursive: true });
  const before = new Map(listEntries(root).map((file) => [file, describe(root, file)]));
  const overlay = path.join(folder, 'input');
  if (existsSync(overlay)) cpSync(overlay, root, { recursive: true, verbatimSymlinks: true });
  if (existsSync(path.join(folder, 'make.ts'))) {
    const { make } = (await import(path.join(folder, 'make.ts'))) as { make: (root: string) => void };
    make(root);
  }
  const present = listEntries(root);
  const changed = present
    .filter((file) => before.get(file) !== describe(root, file))
    .map((file) => `──── ${file}\n${describe(root, file)}`);
  const removed = [...before.keys()]
    .filter((file) => !present.includes(file))
    .map((file) => `──── ${file}\n(removed)\n`);
  return { input: [...changed, ...removed], ...(await check(root)) };
}

/** Everything that is no folder. A symlink is an entry of its own: what is behind it is not the workspace's. */
function listEntries(root: string, folder = ''): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      return entry.isDirectory() ? listEntries(root, file) : [file];
    })
    .sort();
}

/** Text of a file; of what is no short text, a word about it. */
function describe(root: string, file: string): string {
  const absolute = path.join(root, file);
  const stats = lstatSync(absolute);
  if (stats.isSymbolicLink()) return `(symlink to ${readlinkSync(absolute)})\n`;
  if (!stats.isFile()) return '(no regular file)\n';
  if (stats.size > 20_000) return `(${stats.size} bytes)\n`;
  const bytes = readFileSync(absolute);
  const text = bytes.toString('utf8');
  return text.includes('\0') || text.includes('\ufffd') ? `(binary: ${bytes.toString('hex').slice(0, 60)})\n` : text;
}
