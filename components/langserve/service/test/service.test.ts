import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { answer } from '../src/answer.ts';
import { wordsOf } from '../src/graph.ts';
import { makeServer } from '../src/server.ts';
import { readSettings, type Settings } from '../src/settings.ts';
import { playServers } from './played-servers.ts';

const asked = [{ role: 'user', content: 'Who works at the Harbour?' }] as const;

test('looks in all places, and gives the model the best of what they have', async () => {
  await using played = await playServers();
  const { text, passages, failures } = await answer(played.settings, asked);
  assert.equal(text, 'Anna does [1].');
  assert.deepEqual(
    passages.map(({ source }) => source),
    ['graph', 'handbook'],
  );
  assert.deepEqual(failures, {});
  const given = played.seen.find(({ path }) => path === '/v1/chat/completions');
  const system = JSON.stringify(given?.body);
  assert.match(system, /\[1\] \(graph\) Anna works at Harbour\./);
  assert.match(system, /\[2\] \(handbook\) The harbour opens at six\./);
  assert.doesNotMatch(system, /A place for ships/);
});

test('shows each server its own key', async () => {
  await using played = await playServers();
  await answer(played.settings, asked);
  const keys = Object.fromEntries(played.seen.map(({ path, authorization }) => [path.split('?')[0], authorization]));
  assert.equal(keys['/v2/vectordb/entities/search'], 'Bearer us:them');
  assert.equal(keys['/db/neo4j/query/v2'], `Basic ${Buffer.from('us:them').toString('base64')}`);
  assert.equal(keys['/v1/embeddings'], 'Bearer vectors');
  assert.equal(keys['/rerank'], 'Bearer vectors');
  assert.equal(keys['/v1/chat/completions'], 'Bearer model');
  assert.equal(keys['/search'], undefined);
});

test('answers without a place that fails, and says which', async () => {
  await using played = await playServers({
    '/search': 429,
    '/v2/vectordb/entities/search': { code: 100, message: 'collection not found' },
    '/rerank': 500,
  });
  const { passages, failures } = await answer(played.settings, asked);
  assert.deepEqual(
    passages.map(({ source }) => source),
    ['graph'],
  );
  assert.deepEqual(Object.keys(failures).sort(), ['rerank', 'search', 'vectors']);
  assert.match(failures.vectors ?? '', /100 collection not found/);
  assert.match(failures.search ?? '', /answers 429/);
});

test('asks the graph with parameters, for words and names of two words', async () => {
  assert.deepEqual(wordsOf('Is Anna Berg at "x"?'), ['anna', 'berg', 'is anna', 'anna berg', 'berg at', 'at x']);
  await using played = await playServers();
  await answer(played.settings, [{ role: 'user', content: "x' RETURN 1 //" }]);
  const { body } = played.seen.find(({ path }) => path.startsWith('/db/')) ?? {};
  assert.doesNotMatch((body as { statement: string }).statement, /RETURN 1 /);
});

test('answers over its own server only to who has the key', async () => {
  await using played = await playServers();
  await using served = await serve(played.settings);
  const without = await fetch(`${served.url}/v1/models`);
  assert.equal(without.status, 401);
  assert.equal((await fetch(`${served.url}/healthz`)).status, 200);
  const response = await served.post('/v1/chat/completions', { model: 'rag', messages: asked });
  const body = (await response.json()) as { choices: [{ message: { content: string } }]; sources: string[] };
  assert.equal(body.choices[0].message.content, 'Anna does [1].');
  assert.deepEqual(body.sources, ['graph', 'handbook']);
});

test('says what is wrong with a request, and that the model did not answer', async () => {
  await using played = await playServers({ '/v1/chat/completions': 503 });
  await using served = await serve(played.settings);
  assert.equal((await served.post('/v1/chat/completions', { messages: [] })).status, 400);
  assert.equal((await served.post('/v1/chat/completions', { messages: asked, stream: true })).status, 400);
  assert.equal((await served.post('/v1/passages', { passages: [{ text: ' ', source: 'x' }] })).status, 400);
  assert.equal((await served.post('/v1/passages', { passages: 'x'.repeat(2 ** 21) })).status, 413);
  assert.equal((await served.post('/v1/elsewhere', {})).status, 404);
  assert.equal((await served.post('/v1/chat/completions', { messages: asked })).status, 502);
});

test('makes the collection once, and keeps a passage in its own place', async () => {
  await using played = await playServers();
  await using served = await serve(played.settings);
  const passage = { text: 'The harbour opens at six.', source: 'handbook' };
  for (const _ of [1, 2]) assert.equal((await served.post('/v1/passages', { passages: [passage] })).status, 200);
  const upserts = played.seen.filter(({ path }) => path.endsWith('entities/upsert'));
  const [first, second] = upserts.map(({ body }) => (body as { data: [{ id: string }] }).data[0].id);
  assert.equal(first, second);
  const made = played.seen.find(({ path }) => path.endsWith('collections/create'));
  assert.equal((made?.body as { dimension: number } | undefined)?.dimension, 3);
});

test('does not start without its settings, and names all that are missing', () => {
  assert.throws(() => readSettings({ PORT: '8080' }), /API_KEY, EMBEDDINGS_URL, .*PASSAGES/);
});

async function serve(settings: Settings) {
  const server = makeServer(settings);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    post: (path: string, body: unknown) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${settings.apiKey}` },
        body: JSON.stringify(body),
      }),
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
