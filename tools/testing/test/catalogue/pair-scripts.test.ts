import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tryRun } from '../../../e2e/src/run.ts';
import { readObjects } from '../../src/catalogue/read-objects.ts';

// Scripts of a pair's trees that call the API of a server which does not run here: each against a stand-in of what its documentation says,
// which keeps what it is told. That no more is proved than that the script follows the documentation is why each says from where it is.

const root = path.resolve(import.meta.dirname, '../../../..');
const scripts = new Map(
  readObjects(path.join(root, 'generated/hetzner-fsn1')).flatMap(({ kind, metadata, data = {} }) =>
    kind === 'ConfigMap' ? Object.values(data).map((text) => [metadata.name, text] as const) : [],
  ),
);

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly user: string;
  readonly body: Json;
}
type Json = Readonly<Record<string, unknown>>;
/** Status and body. */
type Answer = readonly [number, unknown?];

let server: Server;
let url: string;
let asked: Asked[];
let answer: (asked: Asked) => Answer;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { method = '', url: at = '', headers } = request;
      const user = atob((headers.authorization ?? '').replace('Basic ', ''));
      const one = { method, path: decodeURIComponent(at), user, body: text === '' ? {} : JSON.parse(text) };
      asked.push(one);
      const [status, body] = answer(one);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? '' : `${JSON.stringify(body)}\n`);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => server.close());

async function run(
  name: string,
  own: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly said: string }> {
  const input = scripts.get(name);
  if (input === undefined) throw new Error(`the tree has no script ${name}`);
  const { code, stdout, stderr } = await tryRun('sh', ['-s'], { env: { PATH: process.env.PATH, ...own }, input });
  return { code, said: stdout + stderr };
}

// goharbor/harbor:api/v2.0/swagger.yaml@v2.15.2: lists are asked by q=name=…, a robot is called robot$<name> in answers.
describe('harbor-replicate', () => {
  type Kind = 'robots' | 'registries' | 'policies';
  let kept: Record<Kind, Map<number, Json>>;
  let projects: Set<string>;
  let next: number;

  beforeEach(() => {
    kept = { robots: new Map(), registries: new Map(), policies: new Map() };
    projects = new Set(['library']);
    next = 1;
    answer = (one) => {
      if (one.user !== 'admin:of-here') return [401];
      if (one.path === '/api/v2.0/replication/executions') return [201];
      const [, name, kind, id, query] =
        /^\/api\/v2\.0\/(?:projects(?:\?project_name=(.*))?|(?:replication\/)?(robots|registries|policies)(?:\/(\d+))?(?:\?q=name=(.*))?)$/.exec(
          one.path,
        ) ?? [];
      if (kind === undefined) return answerProjects(one, name);
      return id === undefined ? answerList(one, kind as Kind, query) : answerOne(one, kind as Kind, Number(id));
    };
  });

  function answerProjects({ method, body }: Asked, name: string | undefined): Answer {
    if (method === 'HEAD') return [projects.has(name ?? '') ? 200 : 404];
    projects.add(String(body.project_name));
    return [201];
  }

  function answerList({ method, body }: Asked, kind: Kind, query: string | undefined): Answer {
    const all = kept[kind];
    if (method === 'GET') return [200, [...all.values()].filter(({ name }) => name === query).map(shown(kind))];
    // As Harbor writes them: what lies inside comes before the id, and has one, too.
    const { dest_registry: to, ...rest } = body;
    all.set(next, { ...(to !== undefined && { dest_registry: to }), ...rest, id: next, update_time: 'now' });
    next += 1;
    return [201, kind === 'robots' ? { id: next - 1, secret: 'made-up' } : undefined];
  }

  function answerOne({ method, body }: Asked, kind: Kind, id: number): Answer {
    const old = kept[kind].get(id);
    if (old === undefined) return [404];
    if (method === 'DELETE') return kept[kind].delete(id) ? [200] : [404];
    if (kind === 'robots' && method === 'PUT' && body.name !== shown(kind)(old).name) return [400];
    kept[kind].set(id, { ...old, ...body, name: old.name });
    return [200];
  }

  function shown(kind: Kind): (each: Json) => Json {
    return (each) => (kind === 'robots' ? { ...each, name: `robot$${each.name}` } : each);
  }

  const replicate = (own: string, theirs: string) =>
    run('harbor-replicate', {
      HARBOR: url,
      PEER: 'south',
      PEER_HARBOR: 'https://registry.south.example.com',
      PROJECTS: own,
      THEIRS: theirs,
      ADMIN_PASSWORD: 'of-here',
      ACCOUNT: 'robot$mirror-south',
      ACCOUNT_PASSWORD: 'for-south',
      PEER_ACCOUNT: 'robot$mirror-north',
      PEER_PASSWORD: 'of-north',
    });
  const only = (kind: Kind): Json | undefined => [...kept[kind].values()][0];

  test('pushes what is at home here and lets in what is at home there, again and again', async () => {
    for (const _ of [1, 2]) expect((await replicate('platform shop ', 'south ')).code).toBe(0);
    expect([...projects]).toEqual(['library', 'platform', 'shop', 'south']);
    expect([kept.robots.size, kept.registries.size, kept.policies.size]).toEqual([1, 1, 1]);
    expect(only('registries')).toMatchObject({ type: 'harbor', url: 'https://registry.south.example.com' });
    expect(only('policies')).toMatchObject({
      dest_registry: { id: only('registries')?.id },
      filters: [{ type: 'name', value: '{platform,shop}/**' }],
      trigger: { type: 'event_based' },
      replicate_deletion: false,
    });
    expect(only('robots')).toMatchObject({ name: 'mirror-south', secret: 'for-south' });
    expect(only('robots')?.permissions).toMatchObject([{ namespace: 'south' }]);
    expect(asked.filter(({ path: at }) => at.endsWith('/executions')).map(({ body }) => body)).toEqual([
      { policy_id: only('policies')?.id },
      { policy_id: only('policies')?.id },
    ]);
  });

  test('a project that is at home in both goes nowhere, and the run fails', async () => {
    const { code, said } = await replicate('platform shop ', 'platform ');
    expect(code).toBe(1);
    expect(said).toContain('platform: at home in both clusters');
    expect(only('policies')).toMatchObject({ filters: [{ value: '{shop}/**' }] });
    expect(only('robots')).toBeUndefined();
  });

  test('what is at home nowhere any more is neither pushed nor let in', async () => {
    await replicate('platform ', 'south ');
    expect((await replicate('', '')).code).toBe(0);
    expect([kept.robots.size, kept.policies.size]).toEqual([0, 0]);
  });

  test('says what Harbor answers, and none of the passwords', async () => {
    answer = () => [500, { errors: [{ message: 'no database' }] }];
    const { code, said } = await replicate('platform ', '');
    expect(code).not.toBe(0);
    expect(said).toContain('500');
    expect(said).not.toContain('of-here');
  });
});
