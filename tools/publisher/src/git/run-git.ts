import { GitError, GitPluginError, type SimpleGit, simpleGit } from 'simple-git';
import { failureKind, type GitFailureKind, type GitOutput } from './failure-kind.ts';

/** Git that failed, and why. What it printed is there to be shown; nobody reads a cause in it again. */
export interface GitFailure extends Error, GitOutput {
  readonly name: 'GitFailure';
  readonly kind: GitFailureKind;
  readonly exitCode: number;
  /** True where a push of ours was on its way, and nobody knows whether it arrived. */
  readonly isOpen?: boolean;
}

export interface GitOptions {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds without any output after which git is ended. */
  readonly silence: number;
}

/** Runs git: resolves with its standard output, rejects with a {@link GitFailure}. */
export interface Git {
  (args: readonly string[], input?: string | Buffer): Promise<string>;
  /** `git cat-file`, whose output is no text. */
  readonly catFile: (args: readonly string[], input: string) => Promise<Buffer>;
  readonly environment: Readonly<Record<string, string>>;
}

/** Git in a folder. simple-git refuses dangerous options and variables; those that are meant are named here. */
export function makeGit({ folder, environment, silence }: GitOptions): Git {
  const run = async <T>(input: string | Buffer | undefined, work: (git: SimpleGit) => PromiseLike<T>): Promise<T> => {
    // simple-git keeps of an error only its text.
    let failed: Omit<FailureFields, 'cause'> = { exitCode: -1, stdout: '', stderr: '', timedOut: false };
    const git = simpleGit({
      baseDir: folder,
      timeout: { block: silence },
      completion: { onClose: true, onExit: false },
      allowEnvironment: Object.keys(environment),
      // All from the user's own environment; nothing here comes from a manifest.
      unsafe: { allowUnsafeAskPass: true, allowUnsafeSshCommand: true, allowUnsafeConfigPaths: true },
      ...(input !== undefined && { input: () => input }),
      errors: (error, { exitCode, stdOut, stdErr }) => {
        if (error === undefined && exitCode === 0) return undefined;
        const timedOut = error instanceof GitPluginError && error.plugin === 'timeout';
        failed = { exitCode, stdout: text(stdOut), stderr: text(stdErr), timedOut };
        return error ?? Buffer.concat(stdErr);
      },
    }).env({ ...environment });
    try {
      return await work(git);
    } catch (error) {
      throw error instanceof GitError ? failure({ ...failed, cause: error }) : error;
    }
  };
  const asText = (args: readonly string[], input?: string | Buffer): Promise<string> =>
    run(input, (git) => git.raw([...args]));
  const catFile = (args: readonly string[], input: string): Promise<Buffer> =>
    run(input, (git) => git.binaryCatFile([...args]));
  return Object.assign(asText, { catFile, environment });
}

/** True for what {@link Git} rejects with. */
export function isGitFailure(error: unknown): error is GitFailure {
  return error instanceof Error && error.name === 'GitFailure';
}

interface FailureFields extends GitOutput {
  readonly exitCode: number;
  readonly cause: Error | undefined;
}

function failure({ cause, ...fields }: FailureFields): GitFailure {
  const first = fields.stderr.trim().split('\n')[0] ?? '';
  const error = new Error(first === '' ? (cause?.message ?? 'git failed') : first, { cause });
  return Object.assign(error, fields, { name: 'GitFailure' as const, kind: failureKind(fields) });
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
