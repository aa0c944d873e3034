/** Words before `Password` that make the name of a label, a switch or a rule of it. */
const aboutPasswords =
  /(^|[_.-])(forgot|forgotten|reset|change|changed|show|hide|confirm|enter|repeat|lost|require[sd]?|enable[sd]?|disable[sd]?|allow|allowed|no|has|is|use|existing|min|max|empty|wrong|invalid|random|generate[d]?)([_.-]|(?=[A-Z]))/i;

/** True where a value of that name is a password in plain text; a sentence about passwords is none. */
export function isPasswordName(name: string, text: string): boolean {
  const plain = snake(name);
  const isNamed = /(^|[^a-z])(password|passwd|passphrase)$|[a-z](Password|Passwd|Passphrase)$/.test(plain);
  if (!isNamed || aboutPasswords.test(plain) || /existing/i.test(plain)) return false;
  return !/^\p{Lu}\p{L}*( \p{L}+)+[?.!:…]?$/u.test(text) && !/^\S+( \S+)+[?.!:…]$/.test(text);
}

/** True where a value of that name is what somebody signs in, signs or encrypts with. */
export function isCredentialName(name: string): boolean {
  const plain = snake(name);
  if (
    /existing|public|name$|ref$|path$|file$|url$|uri$|(^|[_.-])(idempotency|partition|sort|primary|foreign)/i.test(
      plain,
    )
  )
    return false;
  return (
    /(^|[^a-z])(token|secret|credential|credentials|(api|access|secret|private|signing|encryption|auth|session|shared|master|root|client|webhook|hmac|cookie)[_.-]?(access[_.-]?)?(key|secret|token))$/.test(
      plain,
    ) ||
    /[a-z](Token|Secret|ApiKey|AccessKey|SecretKey|PrivateKey|SigningKey|EncryptionKey|SecretAccessKey)$|^(apiKey|accessKey|secretKey|privateKey|signingKey|encryptionKey|secretAccessKey)$/.test(
      plain,
    )
  );
}

/** True where a value of that name is there for everybody: certificates, public keys, digests. */
export function isPublicName(name: string): boolean {
  return /ca-?bundle|ca\.crt|publicKey|public[_-]key|authorized_keys|known_hosts|digest|checksum|fingerprint|thumbprint|integrity|signature|etag|sha\d+|md5|hash$/i.test(
    name,
  );
}

function snake(name: string): string {
  return /^[A-Z0-9_]+$/.test(name) ? name.toLowerCase() : name;
}
