import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Redis } from 'iovalkey';
import { readAccounts, readBalance, readTransactions } from './accounts.ts';
import type { Caller, FindCaller } from './caller.ts';
import { agree, askForAccounts, askForPayment, readConsent, takeBack } from './consents.ts';
import { pay, readPayment } from './payments.ts';
import { Problem } from './problem.ts';
import type { Consent } from './records.ts';
import { block, hold, list, register } from './third-parties.ts';

export interface Parts {
  readonly store: Redis;
  readonly findCaller: FindCaller;
}

interface Asked {
  readonly store: Redis;
  readonly caller: Caller;
  readonly id: string;
  readonly consent: string;
  readonly body: unknown;
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly scope: string;
  readonly role?: 'AISP' | 'PISP';
  readonly status?: number;
  readonly answer: (asked: Asked) => Promise<unknown>;
}

const id = '([-._a-zA-Z0-9]{1,64})';
const at = (path: string) => new RegExp(`^${path}$`);
const aisp = { scope: 'accounts', role: 'AISP' } as const;
const pisp = { scope: 'payments', role: 'PISP' } as const;

const routes: readonly Route[] = [
  // Management of third parties.
  { method: 'GET', path: at('/tpps'), scope: 'tpps', answer: ({ store }) => list(store) },
  { method: 'POST', path: at('/tpps'), scope: 'tpps', status: 201, answer: ({ store, body }) => register(store, body) },
  { method: 'POST', path: at(`/tpps/${id}/block`), scope: 'tpps', answer: ({ store, id }) => block(store, id, true) },
  {
    method: 'DELETE',
    path: at(`/tpps/${id}/block`),
    scope: 'tpps',
    answer: ({ store, id }) => block(store, id, false),
  },
  // Account information.
  ...consentRoutes('accounts', '/account-consents', aisp, askForAccounts),
  {
    method: 'GET',
    path: at('/accounts'),
    ...aisp,
    answer: ({ store, caller, consent }) => readAccounts(store, caller, consent),
  },
  {
    method: 'GET',
    path: at(`/accounts/${id}/balance`),
    ...aisp,
    answer: ({ store, caller, consent, id }) => readBalance(store, caller, consent, id),
  },
  {
    method: 'GET',
    path: at(`/accounts/${id}/transactions`),
    ...aisp,
    answer: ({ store, caller, consent, id }) => readTransactions(store, caller, consent, id),
  },
  // Payments.
  ...consentRoutes('payment', '/payment-consents', pisp, askForPayment),
  {
    method: 'POST',
    path: at(`/payments/${id}`),
    ...pisp,
    status: 201,
    answer: ({ store, caller, id }) => pay(store, caller, id),
  },
  {
    method: 'GET',
    path: at(`/payments/${id}`),
    ...pisp,
    answer: ({ store, caller, id }) => readPayment(store, caller, id),
  },
];

/** What is done with the consents of one kind, which are known below the path of their kind only. */
function consentRoutes(
  kind: Consent['kind'],
  path: string,
  who: Pick<Route, 'role' | 'scope'>,
  ask: (store: Redis, caller: Caller, body: unknown) => Promise<Consent>,
): readonly Route[] {
  return [
    {
      method: 'POST',
      path: at(path),
      ...who,
      status: 201,
      answer: ({ store, caller, body }) => ask(store, caller, body),
    },
    {
      method: 'GET',
      path: at(`${path}/${id}`),
      ...who,
      answer: ({ store, caller, id }) => readConsent(store, caller, kind, id),
    },
    {
      method: 'POST',
      path: at(`${path}/${id}/authorise`),
      ...who,
      answer: ({ store, caller, id }) => agree(store, caller, kind, id),
    },
    {
      method: 'DELETE',
      path: at(`${path}/${id}`),
      ...who,
      status: 204,
      answer: ({ store, caller, id }) => takeBack(store, caller, kind, id),
    },
  ];
}

/** The interfaces of the sandbox: JSON over HTTP, an access token with each call, the header x-consent with what is read. */
export function makeServer(parts: Parts): Server {
  return createServer((request, response) => {
    const reply = (status: number, body?: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? '' : JSON.stringify(body));
    };
    handle(parts, request).then(
      ([status, body]) => reply(status, body),
      (error: unknown) => {
        if (error instanceof Problem) return reply(error.status, { error: error.message });
        console.error(error instanceof Error ? error.message : String(error));
        reply(503, { error: 'something that it needs does not answer' });
      },
    );
  });
}

async function handle({ store, findCaller }: Parts, request: IncomingMessage): Promise<readonly [number, unknown]> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path === '/healthz') return [200, { status: 'ok' }];
  if (path === '/readyz') return [200, { status: await store.ping() }];
  const route = routes.find((each) => each.method === request.method && each.path.test(path));
  if (route === undefined) throw new Problem(404, 'there is no such path');
  const caller = await findCaller(request, path);
  if (!caller.scopes.has(route.scope)) throw new Problem(403, `the token has no scope ${route.scope}`);
  if (route.role !== undefined) await hold(store, caller, route.role);
  const body = request.method === 'POST' ? await readJson(request) : {};
  const consent = String(request.headers['x-consent'] ?? '');
  const answer = await route.answer({ store, caller, id: route.path.exec(path)?.[1] ?? '', consent, body });
  return [route.status ?? 200, route.status === 204 ? undefined : answer];
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 65_536) throw new Problem(413, 'that is too much');
  }
  try {
    const body: unknown = JSON.parse(text || '{}');
    if (typeof body === 'object' && body !== null) return body;
  } catch {}
  throw new Problem(400, 'this is not a JSON object');
}
