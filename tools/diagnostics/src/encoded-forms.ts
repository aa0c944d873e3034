/**
 * The forms in which a program may say a text back: as it is, escaped in JSON (Go escapes `<`, `>` and `&` too), YAML, HTML and
 * URLs (once and twice), in hexadecimal, and in base64, alone or as a part of what was encoded together. Lower case.
 */
export function encodedForms(text: string): ReadonlySet<string> {
  const url = [encodeURIComponent(wellFormed(text)), formEncoded(text)];
  const forms = [
    text,
    jsonEscaped(text),
    jsonEscaped(text).replaceAll('/', '\\/'),
    jsonEscaped(text).replace(/[<>&]/g, (char) => `\\u00${hex(char)}`),
    text.replaceAll("'", "''"),
    htmlEscaped(text, '"', "'"),
    htmlEscaped(text, '&quot;', "'"),
    htmlEscaped(text, '&#34;', '&#39;'),
    htmlEscaped(text, '&quot;', '&#x27;'),
    htmlEscaped(text, '&quot;', '&apos;'),
    ...url,
    ...url.map((each) => encodeURIComponent(each)),
    Buffer.from(text).toString('hex'),
    ...base64Forms(text),
  ];
  return new Set(forms.map(lowerCase).filter((form) => form.length >= 4));
}

/** Letters whose small form is as long, so that places in the text stay. */
export function lowerCase(text: string): string {
  return text.replace(/\p{Lu}+/gu, (letters) => {
    const small = letters.toLowerCase();
    return small.length === letters.length ? small : letters;
  });
}

/** Shorter parts of base64 are found in many a word. */
const shortestBase64 = 8;

/**
 * What stands of a text in the base64 of something that holds it: three bytes become four characters, so it depends on
 * where in a group of three it begins; the characters that it shares with its neighbours are left out.
 */
function base64Forms(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const inner = [0, 1, 2].map((before) => {
    const all = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return all.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return inner
    .filter((each) => each.length >= shortestBase64)
    .flatMap((each) => [
      each,
      each.replaceAll('+', '-').replaceAll('/', '_'),
      each.replaceAll('/', '\\/'),
      each.replaceAll('+', '%2b').replaceAll('/', '%2f'),
    ]);
}

function jsonEscaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function formEncoded(text: string): string {
  return new URLSearchParams({ a: wellFormed(text) }).toString().slice(2);
}

/** Half a surrogate pair has no code in UTF-8. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '�');
}

function htmlEscaped(text: string, double: string, single: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', double)
    .replaceAll("'", single);
}

function hex(char: string): string {
  return char.charCodeAt(0).toString(16).padStart(2, '0');
}
