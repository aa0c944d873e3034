/**
 * An exact amount in billionths of its unit (cores, bytes, pieces): Kubernetes keeps no finer amounts
 * (https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity).
 */
export type Nano = bigint;

export const one: Nano = 1_000_000_000n;

const decimal: Readonly<Record<string, bigint>> = {
  n: 1n,
  u: 1_000n,
  m: 1_000_000n,
  '': one,
  k: one * 10n ** 3n,
  M: one * 10n ** 6n,
  G: one * 10n ** 9n,
  T: one * 10n ** 12n,
  P: one * 10n ** 15n,
  E: one * 10n ** 18n,
};
const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const grammar = /^([+-]?)(\d+\.?\d*|\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?$/;

/**
 * Reads a Kubernetes quantity: a decimal number with a decimal suffix, a binary one, or an exponent. What is finer than
 * a billionth is rounded up, as Kubernetes does. Undefined for anything else.
 */
export function parseQuantity(value: unknown): Nano | undefined {
  const text = typeof value === 'number' ? decimalText(value) : value;
  const parts = typeof text === 'string' ? grammar.exec(text) : null;
  if (parts === null) return undefined;
  const [, sign = '', digits = '', suffix = '', exponent] = parts;
  const [whole = '', fraction = ''] = digits.split('.');
  const power = Number(exponent ?? 0) - fraction.length;
  const scaled = BigInt(`${whole}${fraction}` || '0') * unit(suffix) * 10n ** BigInt(Math.max(power, 0));
  const divisor = 10n ** BigInt(Math.max(-power, 0));
  const amount = (scaled + divisor - 1n) / divisor;
  return sign === '-' ? -amount : amount;
}

/** Exact text of an amount of memory or storage: the largest binary suffix that leaves a whole number. */
export function bytesText(amount: Nano): string {
  const bytes = (amount + one - 1n) / one;
  if (bytes === 0n) return '0';
  const power = binary.findLastIndex((_, index) => bytes % 1024n ** BigInt(index + 1) === 0n) + 1;
  return `${bytes / 1024n ** BigInt(power)}${power === 0 ? '' : binary[power - 1]}`;
}

/** Exact text of an amount of CPU: cores where it is whole, else thousandths. */
export function coresText(amount: Nano): string {
  if (amount % one === 0n) return String(amount / one);
  return amount % decimalUnit('m') === 0n ? `${amount / decimalUnit('m')}m` : `${amount}n`;
}

/** An amount for people, rounded up to a tenth of `suffix`: `2.3Gi`, `0.4`. */
export function roundedText(amount: Nano, suffix: string): string {
  const tenth = unit(suffix);
  const tenths = (amount * 10n + tenth - 1n) / tenth;
  return `${tenths / 10n}${tenths % 10n === 0n ? '' : `.${tenths % 10n}`}${suffix}`;
}

function unit(suffix: string): bigint {
  const power = binary.indexOf(suffix);
  return power < 0 ? decimalUnit(suffix) : one * 1024n ** BigInt(power + 1);
}

function decimalUnit(suffix: string): bigint {
  return decimal[suffix] ?? one;
}

/** A number as digits: JavaScript writes `1e-7` and `1e+21` for what YAML says otherwise. */
function decimalText(value: number): string {
  return String(value).replace('e+', 'e');
}
