import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, type DiagnosticCode, diagnostic } from '@fluxwright/diagnostics';

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
  if (missing !== undefined && lstatSync(absolute, { throwIfNoEntry: false }) === undefined) {
    log.diagnostics.push(missing());
    return undefined;
  }
  const fault = linkFault(log, file, within) ?? fileFault(absolute);
  if (fault !== undefined) return refuse(log, file, fault);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(absolute));
    if (text.includes('\0')) return refuse(log, file, { code: 'load/binary-file', note: 'it has a NUL byte' });
    log.sources.set(file, text);
    return text;
  } catch (error) {
    if (error instanceof TypeError)
      return refuse(log, file, { code: 'load/binary-file', note: 'its bytes are not UTF-8' });
    return refuse(log, file, { code: 'load/unreadable', note: reasonOf(error) });
  }
}

/** Whether a file or folder of the workspace may be entered: says why not in the log. */
export function followLink(log: ReadLog, file: string, within: string): boolean {
  const fault = linkFault(log, file, within);
  if (fault !== undefined) refuse(log, file, fault);
  return fault === undefined;
}

interface Fault {
  readonly code: DiagnosticCode;
  readonly note: string;
  readonly help?: string;
}

const messages: Partial<Record<DiagnosticCode, string>> = {
  'load/broken-symlink': 'is a symlink to nothing',
  'load/path-escapes': 'is a symlink that leaves its folder',
  'load/too-large': 'is too large',
  'load/binary-file': 'is not a text file',
  'load/unreadable': 'cannot be read',
};

function refuse(log: ReadLog, file: string, { code, ...rest }: Fault): undefined {
  log.diagnostics.push(diagnostic(code, { message: `${file} ${messages[code]}`, primary: { file }, ...rest }));
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
  if (stats === undefined) return { code: 'load/unreadable', note: 'there is no such file' };
  if (!stats.isFile())
    return { code: 'load/unreadable', note: stats.isDirectory() ? 'it is a folder' : 'it is no regular file' };
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
