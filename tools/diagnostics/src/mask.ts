/** Forms of secrets, with bounds that keep a hostile text from costing quadratic time. The first group of a pattern is kept, the rest masked. */
const forms: readonly RegExp[] = [
  /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[\s\S]*?(?=-----END|$)/g,
  // Userinfo of a URL. `ssh://git@host` names an account and stays.
  /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:]*:[^\s/]*(?=@)/gi,
  /\b(https?:\/\/)[^\s/@:]+(?=@)/gi,
  /\b()(?:gh[oprsu]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/g,
  /\b()(?:glpat|gldt|glrt)-[\w-]{16,}/g,
  /\b()(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\b()eyJ[\w-]{8,2000}\.[\w-]{8,2000}\.[\w-]*/g,
  /\b()(?:xox[abeoprs]-[\w-]{10,}|npm_[A-Za-z0-9]{30,}|dckr_pat_[\w-]{20,}|AIza[\w-]{35}|hv[sbr]\.[\w-]{20,})/g,
  /\b()AGE-SECRET-KEY-1[0-9A-Z]{20,}/g,
  /\b(bearer\s+)[\w.~+/-]{8,}=*/gi,
  // Gitea, Hetzner, Cloudflare and AWS secrets have no prefix of their own: only their neighbour tells them from a digest.
  /((?:token|secret[_-]?access[_-]?key|password|api[_-]?key)["']?(?:\s*[:=]\s*|\s+)["']?)[A-Za-z0-9/+]{32,}={0,2}/gi,
];

/** Masks URL credentials, tokens of known forms and private keys in a text. Idempotent. */
export function maskSecrets(text: string): string {
  return forms.reduce((masked, form) => masked.replace(form, (_, kept: string) => `${kept}***`), text);
}

/** The same, but every masked character becomes one `*` and line breaks stay: positions in the text keep their meaning. */
export function maskInPlace(text: string): string {
  return forms.reduce(
    (masked, form) =>
      masked.replace(form, (found: string, kept: string) => kept + found.slice(kept.length).replace(/[^\r\n]/g, '*')),
    text,
  );
}
