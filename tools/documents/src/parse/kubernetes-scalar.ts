import { goDate } from './go-date.ts';

/** `kustomize` reads what Flux builds, `helm` charts and their values; kubectl is like Helm. */
export type YamlReader = 'helm' | 'kustomize';

const booleans = /^(?:(true|True|TRUE)|(false|False|FALSE))$/;
const oldBooleans = /^(?:(y|Y|yes|Yes|YES|on|On|ON)|(n|N|no|No|NO|off|Off|OFF))$/;
const nulls = new Set(['', '~', 'null', 'Null', 'NULL']);
const infinite = /^([-+]?)\.(?:inf|Inf|INF)$/;
const notNumber = /^\.(?:nan|NaN|NAN)$/;

/** Without underscores; bases as Go's strconv.ParseInt finds them by prefix. A leading 0 makes it octal. */
const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Go's own strconv.ParseFloat lets underscores stand between digits. */
const floatAsInGo = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const largest = 2n ** 64n - 1n;
const smallest = -(2n ** 63n);

/**
 * What the tools around Kubernetes read in a plain YAML scalar. All take integers for YAML 1.1 does, with octals that begin with 0
 * and underscores, but without base 60. Old booleans (`yes`, `off`, `n`) are booleans to Helm and kubectl, which go through
 * sigs.k8s.io/yaml (go.yaml.in/yaml/v2 v2.4.4, resolve.go), and text to kustomize (v3 v3.0.5, in kyaml v0.21.2). A date is text,
 * which kustomize writes out in full (`2001-1-2` as `2001-01-02T00:00:00Z`). `.inf` and `.nan` are numbers, which no JSON can hold.
 */
export function kubernetesScalar(text: string, reader: YamlReader): string | number | boolean | null {
  if (nulls.has(text)) return null;
  const boolean = booleans.exec(text) ?? (reader === 'helm' ? oldBooleans.exec(text) : null);
  if (boolean !== null) return boolean[1] !== undefined;
  return unbounded(text) ?? numberOrText(text, reader);
}

function unbounded(text: string): number | undefined {
  if (notNumber.test(text)) return Number.NaN;
  const sign = infinite.exec(text)?.[1];
  if (sign === undefined) return undefined;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function numberOrText(text: string, reader: YamlReader): string | number {
  // Only the parser of integers drops underscores, and it is asked where a digit or sign comes first.
  if (text.startsWith('.')) return floatAsInGo.test(text) ? finite(text.replaceAll('_', '')) : text;
  if (!/^[-+0-9]/.test(text)) return text;
  const inFull = goDate(text);
  if (inFull !== undefined) return reader === 'kustomize' ? inFull : text;
  const plain = text.replaceAll('_', '');
  return integerOf(plain) ?? (float.test(plain) ? finite(plain) : text);

  function finite(number: string): string | number {
    const value = Number(number);
    return Number.isFinite(value) ? value + 0 : text;
  }
}

function integerOf(text: string): number | undefined {
  const [, sign, hex, binary, octal, decimal] = integer.exec(text) ?? [];
  const digits =
    hex !== undefined
      ? `0x${hex}`
      : binary !== undefined
        ? `0b${binary}`
        : octal !== undefined
          ? `0o${octal}`
          : decimal;
  if (digits === undefined) return undefined;
  const value = BigInt(digits) * (sign === '-' ? -1n : 1n);
  // Go takes no sign before an unsigned number.
  const most = sign === '' ? largest : 2n ** 63n - 1n;
  return value < smallest || value > most ? undefined : Number(value);
}

/**
 * The text of a plain key: to Helm what sigs.k8s.io/yaml makes of the value that the parser read, to kustomize what stands there;
 * undefined where it is refused. kustomize takes no key that is not text.
 */
export function kubernetesKey(text: string, reader: YamlReader): string | undefined {
  if (reader === 'kustomize')
    return typeof kubernetesScalar(text, reader) === 'string' && goDate(text) === undefined ? text : undefined;
  const value = kubernetesScalar(text, reader);
  if (value === null) return undefined;
  return typeof value === 'number' && isFloat(text) ? floatKey(value) : String(value);
}

function isFloat(text: string): boolean {
  return integerOf(text.replaceAll('_', '')) === undefined;
}

/** Go's strconv.FormatFloat with 'g' and the shortest form: an exponent of two digits from 10^6 on, and below 10^-4. */
function floatKey(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  if (Number(exponent) >= -4 && Number(exponent) < 6) return String(value);
  return `${digits}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, '0')}`;
}
