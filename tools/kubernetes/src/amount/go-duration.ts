/** Seconds of each unit; `µ` is written with either of two characters. */
const seconds: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  '\u00b5s': 1e-6,
  '\u03bcs': 1e-6,
  ns: 1e-9,
};

const number = String.raw`(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)`;
const unit = String.raw`(?:h|ms|m|us|\u00b5s|\u03bcs|s|ns)`;
const whole = new RegExp(`^[-+]?(?:0|(?:${number}${unit})+)$`);
const part = new RegExp(`(${number})(${unit})`, 'g');
/** Go holds a duration in 64 bits of nanoseconds. */
const longest = 2 ** 63 / 1e9;

/**
 * Seconds of a duration by the rule of Go (https://pkg.go.dev/time#ParseDuration): an optional sign, `0`, or numbers each
 * with its unit, such as `1h30m` or `.5h`. Undefined for what Go refuses: `1h30`, `5 m`, `10`.
 */
export function goDuration(text: unknown): number | undefined {
  if (typeof text !== 'string' || !whole.test(text)) return undefined;
  const sum = [...text.matchAll(part)].reduce(
    (total, [, digits, name = 's']) => total + Number(digits) * (seconds[name] ?? 0),
    0,
  );
  if (sum >= longest) return undefined;
  return text.startsWith('-') ? 0 - sum : sum;
}
