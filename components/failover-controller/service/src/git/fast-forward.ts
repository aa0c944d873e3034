import git from 'isomorphic-git';
import http from 'isomorphic-git/http/node';
import { memfs } from 'memfs';

export interface Home {
  /** Name of this side's cluster. */
  readonly site: string;
  /** Of the repository that this side's Flux reads. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly main: string;
  readonly failover: string;
}

/** How main and the failover commit stand to each other. */
export type Standing =
  /** The failover commit continues what main is. */
  | { readonly is: 'ready'; readonly to: string; readonly was: string }
  /** main is the failover commit already. */
  | { readonly is: 'there'; readonly to: string }
  /** It continues something else: nobody has proved it for what main is. */
  | { readonly is: 'outdated'; readonly main: string; readonly failover: string }
  /** It does not say that publish has proved it for this side. */
  | { readonly is: 'unproved'; readonly failover: string }
  | { readonly is: 'missing' };

/** What came of a fast-forward. */
export type Moved =
  | Exclude<Standing, { readonly is: 'ready' }>
  | { readonly is: 'moved'; readonly to: string; readonly was: string };

/** Looks at both branches. Throws where the repository cannot be reached or refuses. */
export const standingOf = async (home: Home): Promise<Standing> => (await openHome(home)).standing;

/**
 * Moves main to the commit that `publish` has proved and kept on top of it, and leaves an annotated tag that says why.
 *
 * Nothing is forced: the commit's parent must be what main is, and the server refuses the push where main has moved
 * meanwhile. Throws where the repository cannot be reached or refuses.
 */
export async function fastForward(home: Home, epoch: number, because: string, by: string): Promise<Moved> {
  const { at, as, standing } = await openHome(home);
  if (standing.is !== 'ready') return standing;
  const { to, was } = standing;
  const { main, failover } = home;
  await git.branch({ ...at, ref: failover, object: to, force: true });
  const tag = `failover-${epoch}-${to.slice(0, 12)}`;
  await git.annotatedTag({
    ...at,
    ref: tag,
    object: to,
    message: `${because}\n\nFailover-Epoch: ${epoch}\nFailover-By: ${by}\nFailover-From: ${was}\n`,
    tagger: { name: 'Failover Controller', email: `${by}@failover.invalid` },
  });
  await git.push({ ...at, ...as, remote: 'origin', ref: failover, remoteRef: `refs/heads/${main}` });
  await git.push({ ...at, ...as, remote: 'origin', ref: tag, remoteRef: `refs/tags/${tag}` });
  return { is: 'moved', to, was };
}

/** The repository in memory, as far as it takes to judge the failover commit. */
async function openHome({ site, url, username, password, main, failover }: Home) {
  const at = { fs: memfs().fs, dir: '/home' };
  // A password that is refused is not asked for again.
  const as = { http, onAuth: () => ({ username, password }), onAuthFailure: () => ({ cancel: true }) };
  await git.init({ ...at, defaultBranch: main });
  await git.addRemote({ ...at, remote: 'origin', url });
  const refs = await git.listServerRefs({ ...as, url, prefix: 'refs/heads/' });
  const tip = (branch: string): string | undefined => refs.find(({ ref }) => ref === `refs/heads/${branch}`)?.oid;
  const [was, to] = [tip(main), tip(failover)];
  const judged = (standing: Standing) => ({ at, as, standing });
  if (was === undefined || to === undefined) return judged({ is: 'missing' });
  if (was === to) return judged({ is: 'there', to });
  await git.fetch({ ...at, ...as, remote: 'origin', ref: failover, singleBranch: true, depth: 2, tags: false });
  const { commit } = await git.readCommit({ ...at, oid: to });
  if (!isProvedFor(site, commit.message)) return judged({ is: 'unproved', failover: to });
  const continues = commit.parent.length === 1 && commit.parent[0] === was;
  return judged(continues ? { is: 'ready', to, was } : { is: 'outdated', main: was, failover: to });
}

/** The trailers that publish writes below a failover tree (docs/decisions/0120). */
function isProvedFor(site: string, message: string): boolean {
  const trailer = (key: string): string | undefined => new RegExp(`^Fluxwright-${key}: (.*)$`, 'm').exec(message)?.[1];
  return trailer('Step') === 'failover' && trailer('Cluster') === site;
}
