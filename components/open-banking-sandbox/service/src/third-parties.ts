import type { Redis } from 'iovalkey';
import type { Caller } from './caller.ts';
import { Problem } from './problem.ts';
import { change, found, read, type ThirdParty, there } from './records.ts';

// Management of third parties (TPP): who is known here, and as what.

export async function register(store: Redis, body: unknown): Promise<ThirdParty> {
  const { client, name, roles } = body as Partial<ThirdParty>;
  if (typeof client !== 'string' || !/^[-._a-zA-Z0-9]{1,64}$/.test(client)) throw new Problem(400, 'client is a name');
  if (typeof name !== 'string' || name === '') throw new Problem(400, 'name is a text');
  if (!Array.isArray(roles) || roles.length === 0 || roles.some((each) => each !== 'AISP' && each !== 'PISP')) {
    throw new Problem(400, 'roles are AISP, PISP or both');
  }
  // One that is blocked stays so, whoever writes it down once more.
  const party = await change<ThirdParty>(store, `tpp:${client}`, (known) => ({
    client,
    name,
    roles,
    blocked: known?.blocked ?? false,
  }));
  await store.sadd('tpps', client);
  return party;
}

export async function list(store: Redis): Promise<readonly ThirdParty[]> {
  const names = (await store.smembers('tpps')).sort();
  return Promise.all(names.map((each) => found<ThirdParty>(store, `tpp:${each}`)));
}

/** One that is blocked can do nothing, whatever tokens and consents it has. */
export function block(store: Redis, client: string, blocked: boolean): Promise<ThirdParty> {
  return change<ThirdParty>(store, `tpp:${client}`, (known) => ({ ...there(known), blocked }));
}

/** Throws where the caller is not known in a role. */
export async function hold(store: Redis, { client }: Caller, role: 'AISP' | 'PISP'): Promise<void> {
  const party = await read<ThirdParty>(store, `tpp:${client}`);
  if (party === undefined || party.blocked || !party.roles.includes(role))
    throw new Problem(403, `${client} is no ${role} here`);
}
