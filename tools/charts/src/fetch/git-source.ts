import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LockedSource } from '@fluxwright/model';
import { temporaryName } from '../disk/place-file.ts';
import type { Environment } from '../http/http.ts';
import { ChartFailure } from '../lock/chart-failure.ts';
import type { SourcePin } from '../lock/chart-pins.ts';

export interface GitOptions {
  readonly environment: Environment;
  readonly caFile?: string;
  /** Seconds a command of git may take without progress; 30 by default. */
  readonly idleSeconds?: number;
  /** An existing folder for what is being fetched. */
  readonly scratch: string;
}

/** The commit that a tag stands for, or the commit itself. */
export async function resolveCommit(
  { git, ref }: Pick<SourcePin, 'git' | 'ref'>,
  options: GitOptions,
): Promise<string> {
  if ('commit' in ref) return ref.commit;
  const name = `refs/tags/${ref.tag}`;
  // The second line is there for an annotated tag, and names its commit (git-ls-remote(1)).
  const output = await run(['ls-remote', '--', git, name, `${name}^{}`], git, options);
  const found = new Map(output.split('\n').map((line) => line.split('\t').reverse() as [string, string]));
  const commit = found.get(`${name}^{}`) ?? found.get(name);
  if (commit === undefined) throw new ChartFailure('charts/not-found', `${git} has no tag ${ref.tag}`);
  return commit;
}

/**
 * Puts the files of a commit below `path` into `folder`, with their paths in the repository. Symlinks become files with
 * their target as text, so that none leads out; submodules and LFS are left out.
 */
export async function fetchSource(
  source: Omit<LockedSource, 'digest'>,
  folder: string,
  options: GitOptions,
): Promise<void> {
  const { git, ref, commit, path } = source;
  const repository = temporaryName(join(options.scratch, 'git'));
  try {
    const base = ['--git-dir', repository];
    await run(['init', '--quiet', '--bare', repository], git, options);
    try {
      await run([...base, 'fetch', '--quiet', '--depth=1', '--no-tags', '--', git, commit], git, options);
    } catch (error) {
      // Not every server gives a commit by its name; the tag may still be there.
      if (!('tag' in ref) || (error instanceof ChartFailure && error.code === 'charts/unauthorized')) throw error;
      await run(
        [...base, 'fetch', '--quiet', '--depth=1', '--no-tags', '--', git, `refs/tags/${ref.tag}`],
        git,
        options,
      );
    }
    const got = await run([...base, 'rev-parse', 'FETCH_HEAD^{commit}'], git, options);
    if (got.trim() !== commit)
      throw new ChartFailure('charts/wrong-digest', `the tag of ${git} is another commit than the lock says`, {
        note: `${commit} is meant, ${got.trim()} came`,
      });
    mkdirSync(folder, { recursive: true });
    await run(
      [
        ...base,
        '--work-tree',
        folder,
        '-c',
        'core.bare=false',
        'checkout',
        '--quiet',
        commit,
        '--',
        path.replace(/^\.\/+/, '') || '.',
      ],
      git,
      options,
    );
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}

/** What git may see of the environment. Tokens of ours, GIT_DIR and the like stay out. */
const passed =
  /^(PATH|HOME|USERPROFILE|SYSTEMROOT|USER|LOGNAME|TMPDIR|TEMP|TMP|XDG_(CONFIG_HOME|RUNTIME_DIR)|SSH_(AUTH_SOCK|AGENT_PID)|(HTTPS?|NO)_PROXY|https?_proxy|no_proxy|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO|GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)|GIT_SSH(_COMMAND)?)$/;

const settings = [
  'protocol.allow=never',
  'protocol.https.allow=always',
  'protocol.ssh.allow=always',
  'core.symlinks=false',
  'core.autocrlf=false',
  'core.hooksPath=/dev/null',
  'filter.lfs.smudge=',
  'filter.lfs.process=',
  'filter.lfs.required=false',
  'submodule.recurse=false',
  'gc.auto=0',
];

function run(
  args: readonly string[],
  url: string,
  { environment, caFile, idleSeconds = 30 }: GitOptions,
): Promise<string> {
  const all = [...settings, 'http.lowSpeedLimit=1', `http.lowSpeedTime=${idleSeconds}`].flatMap((each) => ['-c', each]);
  const env = {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => passed.test(name))),
    LC_ALL: 'C',
    LANGUAGE: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    GIT_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_LFS_SKIP_SMUDGE: '1',
    ...(caFile !== undefined && { GIT_SSL_CAINFO: caFile }),
  };
  return new Promise((done, fail) => {
    const options = { env, maxBuffer: 16 * 1024 * 1024, timeout: 600_000, killSignal: 'SIGKILL' as const };
    execFile('git', [...all, ...args], options, (error, stdout, stderr) => {
      if (error === null) done(stdout);
      else fail(gitFailure(stderr, error, url));
    });
  });
}

/** git tells causes apart in English words only. */
const causes = [
  {
    code: 'charts/unauthorized',
    words: /Authentication failed|could not read (Username|Password)|returned error: 40[13]|Permission denied/i,
  },
  {
    code: 'charts/not-found',
    words:
      /not found|returned error: 404|does not appear to be a git repository|did not match any file|unadvertised object|not our ref|couldn't find remote ref/i,
  },
  { code: 'charts/not-written', words: /No space left|Read-only file system|unable to (create|write)|cannot mkdir/i },
  {
    code: 'charts/unreachable',
    words: /Could not resolve|connect|timed out|too slow|SSL|certificate|TLS|No route to host|Host key/i,
  },
] as const;

function gitFailure(stderr: string, error: Error & { code?: unknown; killed?: boolean }, url: string): ChartFailure {
  if (error.code === 'ENOENT') return new ChartFailure('charts/not-written', 'git is not installed');
  const words =
    stderr
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('remote:'))
      .at(-1) ?? '';
  const code = error.killed
    ? 'charts/unreachable'
    : (causes.find(({ words: form }) => form.test(stderr))?.code ?? 'charts/bad-answer');
  return new ChartFailure(code, `the source ${url} could not be fetched`, { ...(words !== '' && { note: words }) });
}
