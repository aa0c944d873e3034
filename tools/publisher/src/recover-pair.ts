import { type RecoverOptions, type RecoverResult, recover } from '@fluxwright/compiler';
import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { noCarriedFailover } from './carried-failover.ts';
import type { ConnectOptions } from './git/scratch-repository.ts';
import { uncommitted } from './git/uncommitted.ts';

/** `adopt`: what a Failover Controller has done becomes what cluster.yaml says. */
export type RecoverCommand = 'switchover' | 'failover' | 'adopt';

export interface RecoverPairOptions extends Omit<RecoverOptions, 'recovery'>, ConnectOptions {
  readonly command: RecoverCommand;
  /** One service alone, as `<component>/<name>`. */
  readonly service?: string;
  /** What former primaries left, by service. */
  readonly tokens?: Readonly<Record<string, string>>;
}

/**
 * {@link recover} for a person: one step is committed before the next is made, and what is adopted has happened. Asks the
 * repository of `to` for that; writes nothing.
 */
export async function recoverPair(options: RecoverPairOptions): Promise<RecoverResult> {
  const { command, service, tokens = {}, root, from, to, output = 'generated', environment } = options;
  const nothing = { files: [], plans: new Map(), services: [], sources: new Map() };
  const paths = [from, to].flatMap((name) => [`clusters/${name}`, `${output}/${name}`]);
  const open = await uncommitted(root, paths, environment);
  if (open.length > 0) return { ...nothing, diagnostics: [notCommitted(open)] };
  const missing = command === 'adopt' ? await noCarriedFailover({ ...options, cluster: to }) : [];
  if (missing.length > 0) return { ...nothing, diagnostics: missing };
  const recovery = {
    how: command === 'switchover' ? ('switchover' as const) : ('failover' as const),
    tokens,
    ...(service !== undefined && { service }),
  };
  return recover({ ...options, recovery });
}

function notCommitted(files: readonly string[]): Diagnostic {
  const [first = ''] = files;
  return diagnostic('dr/uncommitted', {
    message: `${first}${files.length > 1 ? ` and ${files.length - 1} more` : ''} of the pair differ${files.length > 1 ? '' : 's'} from the last commit`,
    primary: { file: first },
    note: 'each step is one commit that somebody can look at, publish and wait for',
    help: 'commit or put away what is there, publish the step before, wait for it, and go on then',
  });
}
