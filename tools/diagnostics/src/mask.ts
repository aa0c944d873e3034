import { maskKnown, maskPlaces, stars } from './known-secrets.ts';

/** One form of secrets. The first group of a pattern is kept, the rest masked. */
interface SecretForm {
  readonly pattern: RegExp;
  /** What it is; absent for a form that harmless text may have too: it is masked, and no proof of a secret. */
  readonly name?: string;
}

/** Forms of secrets, with bounds that keep a hostile text from costing quadratic time. */
const forms: readonly SecretForm[] = [
  { pattern: /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[\s\S]*?(?=-----END|$)/g, name: 'a private key' },
  // Userinfo of a URL. `ssh://git@host` names an account and stays, and so does `redis://:@host`, whose password is empty.
  {
    pattern: /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:]*:(?!@[^\s/@]*(?:[\s/]|$))[^\s/]*(?=@)/gi,
    name: 'a URL with a password',
  },
  { pattern: /\b(https?:\/\/)[^\s/@:]+(?=@)/gi, name: 'a URL with a token' },
  { pattern: /\b()(?:gh[oprsu]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/g, name: 'a token of GitHub' },
  { pattern: /\b()(?:glpat|gldt|glrt)-[\w-]{16,}/g, name: 'a token of GitLab' },
  { pattern: /\b()(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, name: 'an access key of AWS' },
  { pattern: /\b()eyJ[\w-]{8,2000}\.[\w-]{8,2000}\.[\w-]*/g, name: 'a JSON Web Token' },
  {
    pattern:
      /\b()(?:xox[abeoprs]-[\w-]{10,}|npm_[A-Za-z0-9]{30,}|dckr_pat_[\w-]{20,}|AIza[\w-]{35}|hv[sbr]\.[\w-]{20,})/g,
    name: 'a token of a known service',
  },
  { pattern: /\b()AGE-SECRET-KEY-1[0-9A-Z]{20,}/g, name: 'an age key' },
  { pattern: /\b(bearer\s+)[\w.~+/-]{8,}=*/gi },
  // Gitea, Hetzner, Cloudflare and AWS secrets have no prefix of their own: only their neighbour tells them from a digest.
  {
    pattern:
      /((?:token|secret[_-]?access[_-]?key|password|api[_-]?key)["']?(?:\s*[:=]\s*|\s+)["']?)[A-Za-z0-9/+]{32,}={0,2}/gi,
  },
];

/** In every text with a named form: most texts are done with it. */
const trace =
  /@|gh[oprsu]_|github_pat_|gl(?:pat|dt|rt)-|A[KS]IA|eyJ|xox|npm_|dckr_pat_|AIza|hv[sbr]\.|-----BEGIN|AGE-SECRET/;

/** Stands for a secret that is filled in later: `$(PASSWORD)`, `${PASSWORD}`, `{{ .password }}`, `<password>`. */
const placeholder = /\$[({]|\{\{|<\w+>|%[sv]/;

/**
 * What secret a text holds, in words: `a private key`, `a token of GitHub`; undefined for a text without a secret of a
 * form that nothing else has.
 */
export function findSecret(text: string): string | undefined {
  if (!trace.test(text)) return undefined;
  return forms.find(
    ({ name, pattern }) =>
      name !== undefined && [...text.matchAll(pattern)].some(([whole]) => !placeholder.test(whole)),
  )?.name;
}

/** Masks what is known to be secret, URL credentials, tokens of known forms and private keys in a text. Idempotent. */
export function maskSecrets(text: string): string {
  return forms.reduce(
    (masked, { pattern }) => masked.replace(pattern, (_, kept: string) => `${kept}***`),
    maskKnown(text),
  );
}

/**
 * The same for the text of a file, but every masked character becomes one `*` and line breaks stay: positions keep their
 * meaning. Places that are known to hold a secret are masked whatever stands there.
 */
export function maskInPlace(text: string, file = ''): string {
  return forms.reduce(
    (masked, { pattern }) =>
      masked.replace(pattern, (found: string, kept: string) => kept + stars(found.slice(kept.length))),
    maskKnown(maskPlaces(file, text), stars),
  );
}
