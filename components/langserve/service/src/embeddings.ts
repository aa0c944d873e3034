import { AskError, askJson, at, listAt } from './http-json.ts';
import type { Passage } from './passage.ts';
import type { Settings } from './settings.ts';

/** A vector for each text, in their order (OpenAI's /embeddings). */
export async function embed(
  { url, model, apiKey, dimensions }: Settings['embeddings'],
  texts: readonly string[],
): Promise<readonly (readonly number[])[]> {
  const answer = await askJson({
    url: `${url}/embeddings`,
    body: { model, input: texts },
    authorization: `Bearer ${apiKey}`,
    timeout: 30_000,
  });
  const vectors = new Map(
    listAt(answer, 'data').map((each) => [at(each, 'index'), at(each, 'embedding') as readonly number[]]),
  );
  return texts.map((_, index) => {
    const vector = vectors.get(index);
    if (vector?.length !== dimensions) throw new AskError(`${url} gave no vector of ${dimensions} numbers`);
    return vector;
  });
}

/** The passages that answer best, best first (/rerank of text-embeddings-inference). */
export async function rerank(
  { rerankUrl, apiKey }: Settings['embeddings'],
  question: string,
  passages: readonly Passage[],
  count: number,
): Promise<readonly Passage[]> {
  if (passages.length === 0) return [];
  const answer = await askJson({
    url: rerankUrl,
    body: { query: question, texts: passages.map(({ text }) => text), truncate: true },
    authorization: `Bearer ${apiKey}`,
    timeout: 30_000,
  });
  return listAt(answer)
    .map((each) => ({ passage: passages[Number(at(each, 'index'))], score: Number(at(each, 'score')) }))
    .sort((left, right) => right.score - left.score)
    .flatMap(({ passage }) => passage ?? [])
    .slice(0, count);
}
