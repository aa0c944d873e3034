import { distance } from 'fastest-levenshtein';

/**
 * The candidates that `name` may be a slip of, best first, at most three: a third of the letters may differ, and case or
 * separators count for nothing.
 */
export function suggest(name: string, candidates: Iterable<string>): readonly string[] {
  const limit = Math.max(1, Math.floor(name.length / 3));
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, score: slipDistance(fold(name), fold(candidate)) }))
    .filter(({ candidate, score }) => score <= limit && candidate !== name)
    .sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** The help line `did you mean "a" or "b"?`, or nothing where no candidate is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const near = suggest(name, candidates).map((each) => JSON.stringify(each));
  return near.length === 0 ? undefined : `did you mean ${listWords(near, 'or')}?`;
}

/**
 * Which of the unknown names of a place are slips of names that are missing there: unknown → missing. Each missing name is
 * meant by one at most. Both together are one mistake.
 */
export function misspelt(unknown: readonly string[], missing: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const open = new Set(missing);
  for (const name of unknown) {
    const [meant] = suggest(name, open);
    if (meant === undefined) continue;
    open.delete(meant);
    found.set(name, meant);
  }
  return found;
}

/** Words as a sentence has them: `a`, `a or b`, `a, b or c`. */
export function listWords(words: readonly string[], conjunction: 'and' | 'or'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

/** Edit distance in which letters in the wrong order are one slip. */
function slipDistance(a: string, b: string): number {
  const sameLetters = a.length === b.length && [...a].sort().join('') === [...b].sort().join('');
  return sameLetters ? Math.min(1, distance(a, b)) : distance(a, b);
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[-_. ]/g, '');
}
