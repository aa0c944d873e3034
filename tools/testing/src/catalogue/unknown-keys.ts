import type { ChartCheck } from './chart-check.ts';

type Map = Readonly<Record<string, unknown>>;

/** What the check of one set of values found. */
export interface KeyFindings {
  /** Dotted paths that we set and the chart's values.yaml does not have, sorted. */
  readonly unknown: readonly string[];
  /** Paths of the `freeForm` entries that accepted something. */
  readonly used: ReadonlySet<string>;
}

/**
 * Compares values we set with the default values of a chart: a key that is not among the chart's is a mistake, because Helm
 * ignores what no template reads. A map below a chart's empty map, null or empty list is unknown too, unless
 * `check.freeForm` names its place. Items of a list are compared with all items of the chart's list together.
 */
export function unknownKeys(values: Map, chart: Map, check: ChartCheck): KeyFindings {
  const unknown: string[] = [];
  const used = new Set<string>();
  const known = withKeys(chart, check.keys);
  compare({ ours: values, theirs: known, path: [] });
  return { unknown: unknown.sort(), used };

  function compare({ ours, theirs, path }: { ours: unknown; theirs: unknown; path: readonly string[] }): void {
    if (!isMap(ours) && !Array.isArray(ours)) return;
    const entry = check.freeForm.find((each) => matches(each.path, path));
    if (entry !== undefined) {
      used.add(entry.path);
      return;
    }
    if (Array.isArray(ours)) compareItems(ours, theirs, path);
    else compareKeys(ours, isMap(theirs) ? theirs : {}, path);
  }

  function compareItems(ours: readonly unknown[], theirs: unknown, path: readonly string[]): void {
    const item = Array.isArray(theirs) ? union(theirs) : undefined;
    for (const [index, each] of ours.entries()) compare({ ours: each, theirs: item, path: [...path, String(index)] });
  }

  function compareKeys(ours: Map, theirs: Map, path: readonly string[]): void {
    for (const [key, value] of Object.entries(ours)) {
      const at = [...path, key];
      if (Object.hasOwn(theirs, key)) compare({ ours: value, theirs: theirs[key], path: at });
      else if (!check.freeForm.some((each) => matches(each.path, at))) unknown.push(at.join('.'));
      else compare({ ours: value, theirs: undefined, path: at });
    }
  }
}

/** The chart's values with further keys, each null. */
function withKeys(chart: Map, keys: readonly string[]): Map {
  return keys.reduce<Map>((values, key) => withKey(values, key.split('.')), chart);
}

function withKey(values: Map, [first = '', ...rest]: readonly string[]): Map {
  const here = Object.hasOwn(values, first) ? values[first] : undefined;
  if (rest.length === 0) return here === undefined ? { ...values, [first]: null } : values;
  return { ...values, [first]: withKey(isMap(here) ? here : {}, rest) };
}

function union(items: readonly unknown[]): Map | undefined {
  const maps = items.filter(isMap);
  return maps.length === 0 ? undefined : Object.assign({}, ...maps);
}

/** True where a dotted pattern names the path. A path with a key that holds a dot, as `grafana.ini`, is named in full, without `*`. */
function matches(pattern: string, path: readonly string[]): boolean {
  if (pattern === path.join('.')) return true;
  const steps = pattern.split('.');
  return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index]);
}

function isMap(value: unknown): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
