import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  type Diagnostic,
  type DiagnosticCode,
  diagnostic,
  type Label,
  lineStarts,
  type Position,
  positionAt,
} from '@fluxwright/diagnostics';
import { memo } from '../memo/memo.ts';
import { type IgnoreRule, ignoredByGit } from './ignored-by-git.ts';

/** No manifest, template or schema comes near. */
export const maxFileSize = 1024 * 1024;

/** What reading collects: the findings, and the text of every file that was read. */
export interface ReadLog {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly sources: Map<string, string>;
  readonly diagnostics: Diagnostic[];
}

/**
 * Text of a file of the workspace, or nothing and a finding: it must be a regular file of at most 1 MiB of UTF-8 without
 * NUL, and a symlink must not lead out of `within`. Both paths are from the root. `missing` is the finding for a file
 * that is not there.
 */
export function readText(log: ReadLog, file: string, within: string, missing?: () => Diagnostic): string | undefined {
  const absolute = path.join(log.root, file);
  try {
    if (missing !== undefined && lstatSync(absolute, { throwIfNoEntry: false }) === undefined) {
      log.diagnostics.push(missing());
      return undefined;
    }
    const fault = ignoredFault(log, file) ?? linkFault(log, file, within) ?? fileFault(absolute);
    if (fault !== undefined) return refuse(log, file, fault);
    const bytes = readFileSync(absolute);
    const text = decode(bytes);
    if (text === undefined || text.includes('\0')) return refuse(log, file, binaryFault(bytes));
    log.sources.set(file, text);
    return text;
  } catch (error) {
    unreadable(log, file, error);
    return undefined;
  }
}

/** Whether a file or folder of the workspace may be entered: says why not in the log. */
export function followLink(log: ReadLog, file: string, within: string): boolean {
  try {
    const fault = linkFault(log, file, within);
    if (fault !== undefined) refuse(log, file, fault);
    return fault === undefined;
  } catch (error) {
    unreadable(log, file, error);
    return false;
  }
}

/** The text of UTF-8 bytes, without a byte order mark; undefined for other bytes. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The place of the first byte that is no text. */
function binaryFault(bytes: Buffer): Fault {
  const nul = bytes.indexOf(0);
  // The longest beginning that some text in UTF-8 may have.
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (startsWell(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  const isUtf8 = decode(bytes) !== undefined;
  const at = isUtf8 ? nul : nul === -1 ? bad - 1 : Math.min(nul, bad - 1);
  const before = new TextDecoder('utf-8').decode(bytes.subarray(0, at)).replace(/\ufffd$/, '');
  const start = positionAt(lineStarts(before), before.length);
  const note = at === nul ? 'it has a NUL byte' : `the byte 0x${bytes[at]?.toString(16).padStart(2, '0')} is not UTF-8`;
  return { code: 'load/binary-file', note, start };
}

/** True for bytes that a longer text in UTF-8 may begin with. */
function startsWell(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Reports a file or folder that the system does not let be read. */
export function unreadable(log: ReadLog, file: string, error: unknown): void {
  refuse(log, file, { code: 'load/unreadable', note: reasonOf(error), help: unreadableHelp });
}

/** Reports a folder that holds more than is read. */
export function tooLarge(log: ReadLog, file: string, note: string): void {
  refuse(log, file, { code: 'load/too-large', note, help: 'keep in it what belongs to it, and no links in circles' });
}

/** Whether a file is there, or nobody can tell: then reading it says why. */
export function mayExist(log: ReadLog, file: string): boolean {
  try {
    return lstatSync(path.join(log.root, file), { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

const unreadableHelp = 'make it readable for this user, or remove it';

interface Fault {
  readonly code: DiagnosticCode;
  readonly start?: Position;
  readonly note: string;
  readonly help?: string;
  readonly labels?: readonly Label[];
}

const messages: Partial<Record<DiagnosticCode, string>> = {
  'load/ignored-file': 'is ignored by git',
  'load/broken-symlink': 'is a symlink to nothing',
  'load/path-escapes': 'is a symlink that leaves its folder',
  'load/too-large': 'is too large',
  'load/binary-file': 'is not a text file',
  'load/unreadable': 'cannot be read',
};

function refuse(log: ReadLog, file: string, { code, start, ...rest }: Fault): undefined {
  const primary = start === undefined ? { file } : { file, start };
  log.diagnostics.push(diagnostic(code, { message: `${file} ${messages[code]}`, primary, ...rest }));
}

/** The rules of a log's workspace are read once. */
const rulesOf = memo(({ root }: ReadLog) => ignoredByGit(root));

/** The rule by which git does not keep a file of the workspace; undefined where it does. */
export function ignoreRule(log: ReadLog, file: string): IgnoreRule | undefined {
  return rulesOf(log)(file);
}

/** What git does not keep is in no other clone, nor in what Nx sees: a build here would be another one there. */
function ignoredFault(log: ReadLog, file: string): Fault | undefined {
  const rule = ignoreRule(log, file);
  if (rule === undefined) return undefined;
  log.sources.set(rule.span.file, rule.text);
  return {
    code: 'load/ignored-file',
    note: 'it would be in no other clone',
    labels: [{ span: rule.span, message: 'the rule' }],
    help: `rename ${rule.entry}, or let git keep it by a line below the rule: !/${rule.entry}`,
  };
}

function linkFault(log: ReadLog, file: string, within: string): Fault | undefined {
  const absolute = path.join(log.root, file);
  if (!lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink()) return undefined;
  let target: string;
  try {
    target = realpathSync(absolute);
  } catch (error) {
    return { code: 'load/broken-symlink', note: reasonOf(error) };
  }
  const inside = path.relative(realpathSync(path.join(log.root, within)), target);
  if (!inside.startsWith(`..${path.sep}`) && inside !== '..' && !path.isAbsolute(inside)) return undefined;
  return {
    code: 'load/path-escapes',
    note: `it leads out of ${within === '' ? 'the workspace' : within}`,
    help: 'copy the file into the folder',
  };
}

function fileFault(absolute: string): Fault | undefined {
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats === undefined) return { code: 'load/unreadable', note: 'there is no such file', help: unreadableHelp };
  if (!stats.isFile())
    return {
      code: 'load/unreadable',
      note: stats.isDirectory() ? 'it is a folder' : 'it is no regular file',
      help: 'put a regular file in its place, or remove it',
    };
  if (stats.size > maxFileSize)
    return { code: 'load/too-large', note: `${(stats.size / maxFileSize).toFixed(1)} MiB; at most 1 MiB is read` };
  return undefined;
}

/** What the system says, without paths of this machine. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known: Record<string, string> = {
    EACCES: 'permission denied',
    ENOENT: 'its target does not exist',
    ELOOP: 'it leads back to itself',
    ENOTDIR: 'its target does not exist',
  };
  return known[code] ?? (code === '' ? 'the system gives no reason' : code);
}
