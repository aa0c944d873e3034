import type { Redis } from 'iovalkey';
import type { Caller } from './caller.ts';
import { Problem } from './problem.ts';
import { found, read, type ThirdParty, write } from './records.ts';

// Management of third parties (TPP): who is known here, and as what.

export async function register(store: Redis, body: unknown): Promise<ThirdParty> {
  const { client, name, roles } = body as Partial<ThirdParty>;
  if (typeof client !== 'string' || !/^[-._a-zA-Z0-9]{1,64}$/.test(client)) throw new Problem(400, 'client is a name');
  if (typeof name !== 'string' || name === '') throw new Problem(400, 'name is a text');
  if (!Array.isArray(roles) || roles.length === 0 || roles.some((each) => each !== 'AISP' && each !== 'PISP')) {
    throw new Problem(400, 'roles are AISP, PISP or both');
  }
  const party: ThirdParty = { client, name, roles, blocked: false };
  await write(store, `tpp:${client}`, party);
  await store.sadd('tpps', client);
  return party;
}

export async function list(store: Redis): Promise<readonly ThirdParty[]> {
  const names = (await store.smembers('tpps')).sort();
  return Promise.all(names.map((each) => found<ThirdParty>(store, `tpp:${each}`)));
}

/** One that is blocked can do nothing, whatever tokens and consents it has. */
export async function block(store: Redis, client: string, blocked: boolean): Promise<ThirdParty> {
  const party = { ...(await found<ThirdParty>(store, `tpp:${client}`)), blocked };
  await write(store, `tpp:${client}`, party);
  return party;
}

/** Throws where the caller is not known in a role. */
export async function hold(store: Redis, { client }: Caller, role: 'AISP' | 'PISP'): Promise<void> {
  const party = await read<ThirdParty>(store, `tpp:${client}`);
  if (party === undefined || party.blocked || !party.roles.includes(role))
    throw new Problem(403, `${client} is no ${role} here`);
}
