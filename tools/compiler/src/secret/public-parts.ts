/** Labels of PEM blocks that hold no secret (RFC 7468, RFC 9580). */
const publicBlocks =
  'CERTIFICATE|TRUSTED CERTIFICATE|X509 CERTIFICATE|CERTIFICATE REQUEST|NEW CERTIFICATE REQUEST|X509 CRL|PKCS7|CMS|PUBLIC KEY|RSA PUBLIC KEY|DSA PUBLIC KEY|EC PARAMETERS|DH PARAMETERS|SSH2 PUBLIC KEY|PGP PUBLIC KEY BLOCK|PGP SIGNATURE|SSH SIGNATURE';

const block = new RegExp(`-----BEGIN (${publicBlocks})-----[^]*?-----END \\1-----`, 'g');

/** A public key of OpenSSH, in its own file, in authorized_keys and in known_hosts (sshd(8)). */
const sshKey =
  /\b(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)\s+AAAA[A-Za-z0-9+/=]+/g;

/** A hashed host name of known_hosts. */
const hashedHost = /\|1\|[A-Za-z0-9+/=]{20,}\|[A-Za-z0-9+/=]{20,}/g;

/** Digests as programs write them: `sha256:…`, `sha256-…` of a web page, `SHA256:…` of ssh-keygen, `pin-sha256="…"`. */
const digest = /\b(?:sha(?:1|224|256|384|512)|md5|blake2b|h1)["']?[-:=/]\s?["']?[A-Za-z0-9+/_-]{20,}={0,2}/gi;

/** The header of DER in base64: a certificate begins with a sequence in a sequence, a public key with its algorithm. */
const certificateBody =
  /(?<![A-Za-z0-9+/])MII[A-Za-z0-9+/]{2}[A-Za-z0-9+/](?:CC[A-Za-z0-9+/]|IB(?:IjANBg|ojANBg|ITANBg)|DCC)[A-Za-z0-9+/=\s]+|(?<![A-Za-z0-9+/])M(?:FkwEwYHKoZI|HYwEAYHKoZI|IGbMBAGByqGSM|CowBQYDK2V)[A-Za-z0-9+/=\s]+/g;

/** Each with texts one of which is in whatever it matches: to look for these costs less, and most texts have none. */
const parts: readonly { readonly pattern: RegExp; readonly marks: readonly string[] }[] = [
  { pattern: block, marks: ['-----BEGIN '] },
  { pattern: sshKey, marks: ['AAAA'] },
  { pattern: hashedHost, marks: ['|1|'] },
  { pattern: digest, marks: [''] },
  { pattern: certificateBody, marks: ['MII', 'MFkwEwYHKoZI', 'MHYwEAYHKoZI', 'MIGbMBAGByqGSM', 'MCowBQYDK2V'] },
];

/** A text without the parts that anybody may see and that look like nothing else than random: certificates, public keys, digests. */
export function withoutPublicParts(text: string): string {
  const decoded = text.replace(/[A-Za-z0-9+/]{40,}(?:\r?\n[ \t]*[A-Za-z0-9+/]+)*={0,2}/g, (part) =>
    isPublicText(part) ? '' : part,
  );
  return parts.reduce(
    (rest, { pattern, marks }) => (marks.some((mark) => rest.includes(mark)) ? rest.replace(pattern, '') : rest),
    decoded,
  );
}

/** True for the base64 of a text that begins with something public. */
function isPublicText(part: string): boolean {
  const decoded = Buffer.from(part.replace(/\s/g, ''), 'base64').toString('latin1').trimStart();
  return new RegExp(`^-----BEGIN (?:${publicBlocks})-----`).test(decoded) || /^(?:ssh-|ecdsa-sha2-)/.test(decoded);
}
