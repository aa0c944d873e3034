import { maskKnown, maskPlaces, stars } from './known-secrets.ts';
import { placeholder, secretForms, secretTrace } from './secret-forms.ts';

/**
 * What secret a text holds, in words: `a private key`, `a token of GitHub`; undefined for a text without a secret of a
 * form that nothing else has.
 */
export function findSecret(text: string): string | undefined {
  if (!secretTrace.test(text)) return undefined;
  return secretForms.find(
    ({ name, pattern, holds = () => true }) =>
      name !== undefined && [...text.matchAll(pattern)].some(([whole]) => !placeholder.test(whole) && holds(whole)),
  )?.name;
}

/** Masks what is known to be secret, URL credentials, tokens of known forms and private keys in a text. Idempotent. */
export function maskSecrets(text: string): string {
  return secretForms.reduce(
    (masked, { pattern }) => masked.replace(pattern, (_, kept: string) => `${kept}***`),
    maskKnown(text),
  );
}

/**
 * The same for the text of a file, but every masked character becomes one `*` and line breaks stay: positions keep their
 * meaning. Places that are known to hold a secret are masked whatever stands there.
 */
export function maskInPlace(text: string, file = ''): string {
  return secretForms.reduce(
    (masked, { pattern }) =>
      masked.replace(pattern, (found: string, kept: string) => kept + stars(found.slice(kept.length))),
    maskKnown(maskPlaces(file, text), stars),
  );
}
