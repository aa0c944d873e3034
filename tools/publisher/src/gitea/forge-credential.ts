import { type Credential, kept } from '../git/credential.ts';
import type { RemoteSession } from '../git/remote-session.ts';
import { isGitFailure } from '../git/run-git.ts';

/**
 * The credential for the API of a server: that of the environment, or what git's helpers give for its address
 * (git-credential(1)); undefined where neither has one.
 */
export async function forgeCredential(session: RemoteSession, address: string): Promise<Credential | undefined> {
  if (session.credential !== undefined) return session.credential;
  const { protocol, host } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  try {
    const answer = await session.git(['credential', 'fill'], `protocol=${protocol.slice(0, -1)}\nhost=${host}\n\n`);
    const read = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(answer)?.[1] ?? '';
    return kept({ username: read('username'), token: read('password') }, host);
  } catch (error) {
    if (isGitFailure(error)) return undefined;
    throw error;
  }
}
