import { askJson, listAt, textAt } from './http-json.ts';
import type { Passage } from './passage.ts';
import type { Settings } from './settings.ts';

/** What the web says (SearXNG's /search as JSON). */
export async function searchWeb(
  { url }: Settings['search'],
  question: string,
  limit: number,
): Promise<readonly Passage[]> {
  const answer = await askJson({
    url: `${url}/search?${new URLSearchParams({ q: question, format: 'json' })}`,
    timeout: 15_000,
  });
  return listAt(answer, 'results')
    .map((each) => ({ text: `${textAt(each, 'title')}. ${textAt(each, 'content')}`, source: textAt(each, 'url') }))
    .slice(0, limit);
}
