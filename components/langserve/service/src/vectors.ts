import { createHash } from 'node:crypto';
import { AskError, askJson, at, listAt, textAt } from './http-json.ts';
import type { Passage } from './passage.ts';
import type { Settings } from './settings.ts';

type Store = Settings['vectors'];

const collection = 'passages';

/** Milvus' interface over HTTP, version 2. It answers 200 also where it refuses: the code says which. */
async function ask(store: Store, path: string, body: object): Promise<unknown> {
  const answer = await askJson({
    url: `${store.url}/v2/vectordb/${path}`,
    body: { dbName: store.database, collectionName: collection, ...body },
    authorization: `Bearer ${store.username}:${store.password}`,
    timeout: 10_000,
  });
  const code = at(answer, 'code');
  if (code !== 0) throw new AskError(`Milvus refuses ${path}: ${code} ${textAt(answer, 'message')}`);
  return answer;
}

/** Makes the collection where there is none. Of two that make it at once one is told that it is there. */
export async function prepareVectors(store: Store, dimension: number): Promise<void> {
  const answer = await ask(store, 'collections/has', {});
  if (at(answer, 'data', 'has') === true) return;
  await ask(store, 'collections/create', {
    dimension,
    metricType: 'COSINE',
    primaryFieldName: 'id',
    idType: 'VarChar',
    params: { max_length: 64 },
    vectorFieldName: 'vector',
  });
}

/** Keeps passages; the same text from the same source takes its own place again. */
export async function keep(
  store: Store,
  passages: readonly Passage[],
  vectors: readonly (readonly number[])[],
): Promise<void> {
  const data = passages.map(({ text, source }, index) => ({
    id: createHash('sha256').update(`${source}\n${text}`).digest('hex'),
    vector: vectors[index],
    text,
    source,
  }));
  await ask(store, 'entities/upsert', { data });
}

/** The passages whose vectors are nearest. */
export async function nearest(store: Store, vector: readonly number[], limit: number): Promise<readonly Passage[]> {
  const answer = await ask(store, 'entities/search', {
    data: [vector],
    annsField: 'vector',
    limit,
    outputFields: ['text', 'source'],
  });
  return listAt(answer, 'data').map((each) => ({ text: textAt(each, 'text'), source: textAt(each, 'source') }));
}
