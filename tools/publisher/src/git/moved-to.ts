import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Agent, fetch } from 'undici';
import type { ConnectOptions } from './scratch-repository.ts';

/** The question git begins with (gitprotocol-http(5), "Smart Clients"). */
const question = '/info/refs?service=git-upload-pack';

/**
 * The clone URL that a server leads on to; undefined where it names none. Asked without credentials, and what it says is
 * only told, never followed.
 */
export async function movedTo(url: string, { caFile }: Pick<ConnectOptions, 'caFile'>): Promise<string | undefined> {
  try {
    const ca = caFile === undefined ? {} : { connect: { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] } };
    const answer = await fetch(`${url}${question}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
      dispatcher: new Agent(ca),
    });
    const location = answer.headers.get('location');
    if (location === null) return undefined;
    const next = new URL(location, url);
    // What follows the repository is git's; of the rest nothing secret is said on.
    const path = next.pathname.replace(/\/info\/refs$/, '');
    return `${next.origin}${path}${url.endsWith('.git') && !path.endsWith('.git') ? '.git' : ''}`;
  } catch {
    return undefined;
  }
}
