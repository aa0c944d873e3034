/**
 * Random base64 changes between small letters, capitals and digits at every other character and uses most of them; names
 * in camel case, paths and hexadecimal digests do not.
 */
export function looksRandom(token: string): boolean {
  if (!/[a-z]/.test(token) || !/[A-Z]/.test(token) || !/\d/.test(token)) return false;
  if (token.split(/[/=_-]/).some(isWord)) return false;
  let changes = 0;
  for (let index = 1; index < token.length; index += 1) {
    if (kindOf(token, index) !== kindOf(token, index - 1)) changes += 1;
  }
  return changes / (token.length - 1) > 0.45 && entropy(token) > 3.9;
}

/** A part of a path or of a name that somebody thought of. */
function isWord(part: string): boolean {
  return /^[A-Za-z]?[a-z]{3,}$/.test(part);
}

function kindOf(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code >= 97 && code <= 122) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 48 && code <= 57 ? 2 : 3;
}

/** Shannon's entropy in bits a character (https://doi.org/10.1002/j.1538-7305.1948.tb01338.x). */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
