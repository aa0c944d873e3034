import { askJson, at, listAt } from './http-json.ts';
import type { Passage } from './passage.ts';
import type { Settings } from './settings.ts';

/** What things that the question names have to do with others. Words are parameters, never part of the statement. */
const statement = `
  MATCH (thing) WHERE thing.name IS NOT NULL AND toLower(thing.name) IN $words
  MATCH (thing)-[relation]-(other) WHERE other.name IS NOT NULL
  RETURN startNode(relation).name, type(relation), endNode(relation).name LIMIT $limit`;

/** Neo4j's Query API (since 5.19): https://neo4j.com/docs/query-api/current/query/. */
export async function related(
  { url, database, username, password }: Settings['graph'],
  question: string,
  limit: number,
): Promise<readonly Passage[]> {
  const words = wordsOf(question);
  if (words.length === 0) return [];
  const answer = await askJson({
    url: `${url}/db/${encodeURIComponent(database)}/query/v2`,
    body: { statement, parameters: { words, limit } },
    authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    timeout: 10_000,
  });
  return listAt(answer, 'data', 'values').map((row) => ({
    text: `${at(row, 0)} ${String(at(row, 1)).toLowerCase().replaceAll('_', ' ')} ${at(row, 2)}.`,
    source: 'graph',
  }));
}

/** Words of the question, and each two that stand together, since names have more than one. */
export function wordsOf(question: string): readonly string[] {
  const words = question.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? [];
  const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`);
  return [...new Set([...words.filter((word) => word.length > 2), ...pairs])];
}
