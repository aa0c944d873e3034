import { Resolver } from 'node:dns/promises';

/** Somebody outside who tells that this side reaches the world. */
export interface Witness {
  /** Address of a DNS server, with a port where it is not 53. */
  readonly server: string;
}

export interface Question {
  /** A name whose address everybody knows. */
  readonly name: string;
  /** That address. A server that answers another one lies: some networks answer every question themselves. */
  readonly address: string;
}

/** The first root server's own address, which has not changed since 2004 (root-servers.org). */
export const rootQuestion: Question = { name: 'a.root-servers.net', address: '198.41.0.4' };

/** How many witnesses answer a question as they should within `timeout` milliseconds. Never throws. */
export async function witnessesReached(
  witnesses: readonly Witness[],
  { name, address }: Question,
  timeout: number,
): Promise<number> {
  const reached = await Promise.all(
    witnesses.map(async ({ server }) => {
      const resolver = new Resolver({ timeout, tries: 1 });
      try {
        resolver.setServers([server]);
        return (await resolver.resolve4(name)).includes(address);
      } catch {
        return false;
      } finally {
        resolver.cancel();
      }
    }),
  );
  return reached.filter(Boolean).length;
}
