/** One form of secrets. The first group of a pattern is kept, the rest masked. */
export interface SecretForm {
  readonly pattern: RegExp;
  /** What it is; absent for a form that harmless text may have too: it is masked, and no proof of a secret. */
  readonly name?: string;
  /** Further proof, where the pattern alone is none. */
  readonly holds?: (found: string) => boolean;
}

/*
 * Prefixes, alphabets and lengths of tokens as their services document them, gathered with the help of the rules of gitleaks
 * (https://github.com/gitleaks/gitleaks, config/gitleaks.toml, MIT). Each pattern begins with a word boundary or a literal and
 * has bounds, so that a hostile text costs no more than linear time.
 */
const tokens: readonly (readonly [string, string])[] = [
  ['GitHub', 'gh[oprsu]_[A-Za-z0-9]{20,}|github_pat_\\w{20,}'],
  ['GitLab', '(?:glpat|gldt|glrt|glptt|glcbt|glft|glimt|glsoat|gloas|glagent|glffct)-[\\w-]{16,}|GR1348941[\\w-]{20,}'],
  ['Slack', 'xox[abceoprs]-[\\w-]{10,}|xapp-\\d-[\\w-]{20,}'],
  ['Stripe', '[rs]k_(?:live|test|prod)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{24,}'],
  ['Google', 'AIza[\\w-]{35}|GOCSPX-[\\w-]{28}|ya29\\.[\\w-]{30,}'],
  ['npm', 'npm_[A-Za-z0-9]{30,}'],
  ['PyPI', 'pypi-AgE[\\w-]{50,}'],
  ['RubyGems', 'rubygems_[0-9a-f]{48}'],
  ['Docker', 'dckr_[op]at_[\\w-]{20,}'],
  ['Vault', 'hv[sbr]\\.[\\w-]{20,}'],
  ['Terraform', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,}'],
  ['SendGrid', 'SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}'],
  ['Mailgun', '(?:pub)?key-[0-9a-f]{32}'],
  ['Mailchimp', '[0-9a-f]{32}-us\\d{1,2}'],
  ['Twilio', 'SK[0-9a-f]{32}'],
  ['DigitalOcean', 'do[opr]_v1_[0-9a-f]{64}'],
  ['Grafana', 'glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}|glc_[A-Za-z0-9+/]{32,}'],
  ['Shopify', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'],
  ['Square', 'sq0[a-z]{3}-[\\w-]{22,}'],
  ['Databricks', 'dapi[0-9a-f]{32}'],
  ['OpenAI', 'sk-(?:proj-|svcacct-|admin-)?[\\w-]{16,}T3BlbkFJ[\\w-]{16,}'],
  ['Anthropic', 'sk-ant-[a-z0-9]{5,}-[\\w-]{60,}'],
  ['Hugging Face', 'hf_[A-Za-z]{34}'],
  ['New Relic', 'NRAK-[A-Z0-9]{27}|NRJS-[a-f0-9]{19}'],
  ['Postman', 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}'],
  ['Pulumi', 'pul-[0-9a-f]{40}'],
  ['Sentry', 'sntry[su]_[\\w+/=-]{40,}'],
  ['Doppler', 'dp\\.(?:pt|st|ct|sa)\\.[A-Za-z0-9._-]{40,}'],
  ['Linear', 'lin_api_[A-Za-z0-9]{40}'],
  ['Atlassian', 'ATATT3[\\w=-]{100,}'],
  ['Tailscale', 'tskey-(?:auth|api|client|scim|webhook)-[\\w-]{20,}'],
  ['PlanetScale', 'pscale_(?:tkn|pw|oauth)_[\\w.=-]{32,}'],
  ['Dynatrace', 'dt0[a-z]\\d\\d\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}'],
  ['1Password', 'ops_eyJ[A-Za-z0-9+/]{100,}'],
  ['Artifactory', 'AKCp[A-Za-z0-9]{69}'],
  ['Alibaba Cloud', 'LTAI[A-Za-z0-9]{20}'],
  ['Yandex Cloud', 'AQVN[\\w-]{35,38}'],
  ['Telegram', '\\d{8,10}:AA[\\w-]{33}'],
  ['Figma', 'figd_[\\w-]{40}'],
  ['Cloudflare', 'v1\\.0-[0-9a-f]{24}-[0-9a-f]{146}'],
];

/** How a private key begins in DER, in base64: PKCS #8, PKCS #1, SEC 1 and OpenSSH (RFC 5958, RFC 8017, RFC 5915). */
const keyBodies =
  'MII[A-Za-z0-9+/]{3}IBA(?:AK[BC]|DANBgkq)|M[A-Za-z0-9+/]{3}AgEAM[A-Za-z0-9+/]{3}ByqGSM49|MHcCAQEE|MIGkAgEBBD|MIHcAgEBBE|MC4CAQAwBQYDK2V|b3BlbnNzaC1rZXktdjE';

/** Forms of secrets; the first that fits gives the name. */
export const secretForms: readonly SecretForm[] = [
  {
    pattern: /(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)[\s\S]*?(?=-----END|$)/g,
    name: 'a private key',
  },
  { pattern: /(PuTTY-User-Key-File-\d:)[\s\S]*/g, name: 'a private key' },
  {
    pattern: new RegExp(`(?<![A-Za-z0-9+/])()(?:${keyBodies})[A-Za-z0-9+/=\\s\\\\]{16,}`, 'g'),
    name: 'the body of a private key',
  },
  // Userinfo of a URL. `ssh://git@host` names an account and stays, and so does `redis://:@host`, whose password is empty.
  {
    pattern: /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:]*:(?!@[^\s/@]*(?:[\s/]|$))[^\s/]*(?=@)/gi,
    name: 'a URL with a password',
  },
  { pattern: /\b(https?:\/\/)[^\s/@:]+(?=@)/gi, name: 'a URL with a token' },
  {
    pattern:
      /([?&](?:private_token|access_token|refresh_token|auth_token|job_token|token|api_?key|client_secret|secret|password|passwd|x-amz-signature|x-amz-security-token)=)[^&\s"'<>#]{6,}/gi,
    name: 'a URL with a token',
  },
  {
    pattern: /\b(https:\/\/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/)[\w/-]{20,}/g,
    name: 'a webhook of Slack',
  },
  {
    pattern: /\b(https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d+\/)[\w-]{20,}/g,
    name: 'a webhook of Discord',
  },
  {
    pattern: /\b(https:\/\/[\w-]+\.webhook\.office\.com\/webhookb2\/)[\w@/-]{40,}/g,
    name: 'a webhook of Microsoft Teams',
  },
  ...tokens.map(([service, pattern]) => ({
    pattern: new RegExp(`(?<![\\w-])()(?:${pattern})`, 'g'),
    name: `a token of ${service}`,
  })),
  { pattern: /\b()(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b/g, name: 'an access key of AWS' },
  {
    pattern: /((?:aws|secret)[\w.-]{0,24}key["']?\s{0,3}[:=]\s{0,3}["']?)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/gi,
    name: 'a secret key of AWS',
    holds: (found) => /\d/.test(found) && /[a-z]/.test(found) && /[A-Z]/.test(found),
  },
  { pattern: /(AccountKey=)[A-Za-z0-9+/]{80,}={0,2}/g, name: 'an account key of Azure' },
  { pattern: /\b()[\w~.]{3}\dQ~[\w~.-]{31,34}/g, name: 'a client secret of Azure' },
  { pattern: /\b()eyJ[\w-]{8,2000}\.[\w-]{8,2000}\.[\w-]*/g, name: 'a JSON Web Token' },
  { pattern: /\b()AGE-SECRET-KEY-1[0-9A-Z]{20,}/g, name: 'an age key' },
  {
    pattern: /((?:^|;)\s{0,3}(?:password|passwd|pwd)\s{0,3}=\s{0,3})[^;\s"']{3,}(?=;|$|["'\s])/gi,
    name: 'a connection string with a password',
    holds: (found) => found.includes('='),
  },
  {
    pattern: /\b(basic\s+)[A-Za-z0-9+/]{8,}={0,2}/gi,
    name: 'a login for HTTP',
    holds: (found) => isLogin(found.replace(/^basic\s+/i, '')),
  },
  {
    pattern: /\b(bearer\s+)(?=[\w.~+/-]{0,80}\d)(?=[\w.~+/-]{0,80}[a-z])[\w.~+/-]{24,}=*/gi,
    name: 'a bearer token',
    holds: (found) => !/[-_.]{2}|^bearer\s+[a-z]+(?:[-_.][a-z]+)*\d?$/i.test(found),
  },
  { pattern: /\b(bearer\s+)[\w.~+/-]{8,}=*/gi },
  // Gitea, Hetzner, Cloudflare and AWS secrets have no prefix of their own: only their neighbour tells them from a digest.
  {
    pattern:
      /((?:token|secret[_-]?access[_-]?key|password|api[_-]?key)["']?(?:\s*[:=]\s*|\s+)["']?)[A-Za-z0-9/+]{32,}={0,2}/gi,
  },
];

/** In every text with a named form: most texts are done with it. */
export const secretTrace =
  /@|(?:token|key|secret|signature)=|pass|pwd|gh[oprsu]_|github_pat_|gl[a-z]{2,5}[-_]|GR1348941|A[KSBC][IC]A|AKCp|LTAI|AQVN|eyJ|xox|xapp-|npm_|pypi-|rubygems_|dckr_|AIza|GOCSPX|ya29|hv[sbr]\.|atlasv1|SG\.|key-[0-9a-f]|-us\d|SK[0-9a-f]|do[opr]_v1|sh[p][a-z]{2}_|sq0|dapi|sk-|[rs]k_|whsec_|hf_|NRAK|NRJS|PMAK|pul-|sntry|dp\.|lin_api|ATATT3|tskey|pscale|dt0|ops_|:AA|figd_|v1\.0-|Q~|-----BEGIN|PuTTY|AGE-SECRET|AccountKey|hooks\.|webhook|basic |bearer |aws|secret\S{0,24}key|MII|AgEAM|MHcC|MIGk|MIHc|MC4C|b3Blb/i;

/** Stands for a secret that is filled in later: `$(PASSWORD)`, `${PASSWORD}`, `{{ .password }}`, `<password>`. */
export const placeholder = /\$[({\w]|\{\{|<[\w -]+>|%[sv]|%\(|\{[a-z_.]+\}|\*{3}|\bx{4,}\b/i;

/** `user:password` in base64 (RFC 7617). */
function isLogin(base64: string): boolean {
  const decoded = Buffer.from(base64, 'base64').toString('latin1');
  return /^[\x21-\x7e]{1,100}:[\x20-\x7e]+$/.test(decoded);
}
