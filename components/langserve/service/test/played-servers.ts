import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Settings } from '../src/settings.ts';

/** A request that a played server was sent. */
export interface Seen {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export interface Played extends AsyncDisposable {
  readonly settings: Settings;
  readonly seen: readonly Seen[];
}

/** Answers in the place of those below, by the path; a number is a status without an answer. */
export type Answers = Readonly<Record<string, unknown>>;

/**
 * One server that plays Milvus, Neo4j, SearXNG, text-embeddings-inference and the gateway. It is none of them and nothing of it was recorded from
 * one: answers have the shape that their documentation gives, which each entry names.
 */
export async function playServers(answers: Answers = {}): Promise<Played> {
  const seen: Seen[] = [];
  const all: Answers = {
    // https://milvus.io/api-reference/restful/v2.6.x: Collection (v2), Vector (v2).
    '/v2/vectordb/collections/has': { code: 0, data: { has: false } },
    '/v2/vectordb/collections/create': { code: 0, data: {} },
    '/v2/vectordb/entities/upsert': { code: 0, data: { upsertCount: 1 } },
    '/v2/vectordb/entities/search': {
      code: 0,
      data: [{ distance: 0.8, id: 'a', text: 'The harbour opens at six.', source: 'handbook' }],
    },
    // https://neo4j.com/docs/query-api/current/query/.
    '/db/neo4j/query/v2': {
      data: { fields: ['a', 'b', 'c'], values: [['Anna', 'WORKS_AT', 'Harbour']] },
      bookmarks: [],
    },
    // https://docs.searxng.org/dev/search_api.html.
    '/search': {
      query: 'q',
      results: [{ title: 'Harbour', content: 'A place for ships.', url: 'https://example.com/harbour' }],
    },
    // https://huggingface.github.io/text-embeddings-inference: /v1/embeddings and /rerank.
    '/v1/embeddings': { object: 'list', data: [{ index: 0, embedding: [0.1, 0.2, 0.3] }] },
    '/rerank': [
      { index: 1, score: 0.9 },
      { index: 0, score: 0.4 },
      { index: 2, score: 0.1 },
    ],
    // https://platform.openai.com/docs/api-reference/chat/object.
    '/v1/chat/completions': { choices: [{ index: 0, message: { role: 'assistant', content: 'Anna does [1].' } }] },
    ...answers,
  };
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization, body: await read(request) });
    const answer = all[path];
    response.writeHead(typeof answer === 'number' ? answer : answer === undefined ? 404 : 200);
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const user = { username: 'us', password: 'them' };
  return {
    seen,
    settings: {
      port: 1,
      apiKey: 'key',
      embeddings: { url: `${url}/v1`, rerankUrl: `${url}/rerank`, model: 'bge-m3', dimensions: 3, apiKey: 'vectors' },
      vectors: { url, database: 'db', ...user },
      graph: { url, database: 'neo4j', ...user },
      search: { url },
      model: { url: `${url}/v1`, name: 'default', apiKey: 'model' },
      passages: 2,
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request) text += part;
  return text === '' ? undefined : JSON.parse(text);
}
