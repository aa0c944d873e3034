import { findSecret } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import { looksRandom } from './looks-random.ts';
import { withoutPublicParts } from './public-parts.ts';
import { isCredentialName, isPasswordName, isPublicName } from './secret-name.ts';

/** Why a text is taken for a secret. */
export interface SecretText {
  readonly code: 'secret/known-form' | 'secret/literal-password' | 'secret/high-entropy';
  /** What it is, in words. */
  readonly what: string;
}

/** Judges one text of an object. `name` is what it is called: its key, or the name of the environment variable. */
export function secretText(text: string, name: string, path: JsonPath): SecretText | undefined {
  if (text.length < 4) return undefined;
  const isDescribed = path.some((step) => descriptions.has(String(step)));
  // The clusters of a fleet say mostly the same.
  const key = `${isDescribed}\0${name}\0${text}`;
  let verdict = verdicts.get(key);
  if (verdict === undefined) {
    verdict = judge(text, name, isDescribed) ?? null;
    verdicts.set(key, verdict);
    if (verdicts.size > mostVerdicts) verdicts.clear();
  }
  return verdict ?? undefined;
}

const verdicts = new Map<string, SecretText | null>();
const mostVerdicts = 50_000;

function judge(text: string, name: string, isDescribed: boolean): SecretText | undefined {
  const form = text.length < 12 ? undefined : (findSecret(text) ?? inBase64(text, 2));
  if (form !== undefined) return { code: 'secret/known-form', what: form };
  if (isDescribed || isReference(text)) return isHigh(text, name);
  if (isPasswordName(name, text)) return { code: 'secret/literal-password', what: 'a password' };
  return isHigh(text, name);
}

function isHigh(text: string, name: string): SecretText | undefined {
  // Most texts of an object are short words: what is shorter than any secret is not looked into.
  if (text.length < shortestCredential) return undefined;
  const isNamed = isCredentialName(name);
  if (!isNamed && text.length < shortest) return undefined;
  const rest = withoutPublicParts(text);
  const known = isNamed && isCredential(rest);
  const random =
    rest.length >= shortest && !isPublicName(name) && rest.match(/[A-Za-z0-9+/_=-]{32,}/g)?.some(looksRandom) === true;
  return known || random ? { code: 'secret/high-entropy', what: 'random text' } : undefined;
}

/** Shorter texts cannot be told from words. */
const shortest = 32;
const shortestCredential = 16;

/** What secret stands in a part of a text that is base64 of another text; a Secret's data is base64 of what may be one too. */
function inBase64(text: string, levels: number): string | undefined {
  if (levels === 0) return undefined;
  for (const [part] of text.matchAll(/[A-Za-z0-9+/_-]{24,}(?:\r?\n[ \t]*[A-Za-z0-9+/_-]+)*={0,2}/g)) {
    const decoded = Buffer.from(part.replace(/\s/g, ''), 'base64').toString('latin1');
    if (!/^[\t\n\r\x20-\x7e\x80-\xff]{12,}/.test(decoded) || !isText(decoded)) continue;
    const found = findSecret(decoded) ?? inBase64(decoded, levels - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isText(decoded: string): boolean {
  const shown = decoded.slice(0, 400);
  return shown.replace(/[^\t\n\r\x20-\x7e]/g, '').length > 0.9 * shown.length;
}

/** What a name that says "credential" holds and no name of an object does: one long word of letters and digits. */
function isCredential(text: string): boolean {
  const value = text.trim();
  if (/\s/.test(value) || value.length < shortestCredential) return false;
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return !/^[0-]+[\da-f]?$/i.test(value);
  const parts = value.split(/[-_./:]/);
  return parts.some(
    (part) => part.length >= 16 && /\d/.test(part) && /[a-z]/i.test(part) && !/^[a-z]{6,}\d{0,3}$/i.test(part),
  );
}

/** What stands for a password: a template of an operator, a path in a container, a variable. */
function isReference(text: string): boolean {
  return /\{\{|\{\.|\$[({]|^\$|^\/|^file:|^<.*>$/.test(text);
}

/** Below these keys objects describe data that they do not hold: mappings of keys, keys of a Secret, schemas, policies. */
const descriptions = new Set(['remoteRef', 'matchConstraints', 'openAPIV3Schema', 'secretKeyRef', 'passwordSecret']);
