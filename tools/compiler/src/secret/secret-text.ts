import { findSecret } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/model';

/** Why a text is taken for a secret. */
export interface SecretText {
  readonly code: 'secret/known-form' | 'secret/literal-password' | 'secret/high-entropy';
  /** What it is, in words. */
  readonly what: string;
}

/** Judges one text of an object. `name` is what it is called: its key, or the name of the environment variable. */
export function secretText(text: string, name: string, path: JsonPath): SecretText | undefined {
  if (text.length < 4) return undefined;
  const form = text.length < 12 ? undefined : (findSecret(text) ?? findSecret(decoded(text)));
  if (form !== undefined) return { code: 'secret/known-form', what: form };
  if (isPassword(name) && !isReference(text, path)) return { code: 'secret/literal-password', what: 'a password' };
  if (text.length < shortest || isPublic(name, text)) return undefined;
  const random = text.match(/[A-Za-z0-9+/_=-]{32,}/g)?.some(looksRandom) === true;
  return random ? { code: 'secret/high-entropy', what: 'random text' } : undefined;
}

/** Shorter texts cannot be told from words. */
const shortest = 32;

/** Base64 of a key in PEM begins like this. */
function decoded(text: string): string {
  return text.startsWith('LS0tLS1CRUdJTi') ? Buffer.from(text, 'base64').toString('utf8') : '';
}

function isPassword(name: string): boolean {
  return (
    /(^|[^a-z])(password|passwd|passphrase)$|[a-z](Password|Passwd|Passphrase)$/.test(snake(name)) &&
    !/existing/i.test(name)
  );
}

function snake(name: string): string {
  return /^[A-Z0-9_]+$/.test(name) ? name.toLowerCase() : name;
}

/** What stands for a password: a template of an operator, a path in a container, a variable. */
function isReference(text: string, path: JsonPath): boolean {
  if (/\{\{|\{\.|\$[({]|^\$|^\/|^file:|^<.*>$/.test(text)) return true;
  // Where objects describe data they do not hold: mappings of keys, schemas, policies.
  return path.some((step) =>
    ['remoteRef', 'matchConstraints', 'openAPIV3Schema', 'secretKeyRef'].includes(String(step)),
  );
}

function isPublic(name: string, text: string): boolean {
  return (
    /caBundle|ca\.crt|certificate|publicKey|digest|checksum|sha\d+/i.test(name) || /sha(256|384|512)[-:]/.test(text)
  );
}

/**
 * Random base64 changes between small letters, capitals and digits at every other character and uses most of them; names
 * in camel case, paths and hexadecimal digests do not.
 */
function looksRandom(token: string): boolean {
  if (!/[a-z]/.test(token) || !/[A-Z]/.test(token) || !/\d/.test(token)) return false;
  if (token.startsWith('LS0tLS1CRUdJTiBDRVJU') || token.split(/[/=_-]/).some(isWord)) return false;
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
