import { embed, rerank } from './embeddings.ts';
import { related } from './graph.ts';
import { complete, type Message } from './model.ts';
import type { Passage } from './passage.ts';
import { searchWeb } from './search.ts';
import type { Settings } from './settings.ts';
import { nearest } from './vectors.ts';

export interface Answer {
  readonly text: string;
  /** What the model was given, in the order of its numbers. */
  readonly passages: readonly Passage[];
  /** What did not answer, and why: the answer is made without it. */
  readonly failures: Readonly<Record<string, string>>;
}

/**
 * Answers the last question of a talk: looks in all places at once, sorts what they have by how well it answers, and asks the model
 * with the best. A place that fails is left out and named; without the model there is no answer.
 */
export async function answer(settings: Settings, messages: readonly Message[]): Promise<Answer> {
  const question = messages.at(-1)?.content ?? '';
  const failures: Record<string, string> = {};
  const tried = async <T>(name: string, work: Promise<T>, instead: T): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      failures[name] = error instanceof Error ? error.message : String(error);
      return instead;
    }
  };
  const many = settings.passages * 2;
  const found = await Promise.all([
    tried('vectors', findNearest(settings, question, many), []),
    tried('graph', related(settings.graph, question, many), []),
    tried('search', searchWeb(settings.search, question, many), []),
  ]);
  const all = withoutRepeats(found.flat());
  const best = await tried(
    'rerank',
    rerank(settings.embeddings, question, all, settings.passages),
    all.slice(0, settings.passages),
  );
  return { text: await complete(settings.model, messages, best), passages: best, failures };
}

async function findNearest(settings: Settings, question: string, limit: number): Promise<readonly Passage[]> {
  const [vector] = await embed(settings.embeddings, [question]);
  return vector === undefined ? [] : nearest(settings.vectors, vector, limit);
}

function withoutRepeats(passages: readonly Passage[]): readonly Passage[] {
  return [...new Map(passages.filter(({ text }) => text.trim() !== '').map((each) => [each.text, each])).values()];
}
