const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** Seconds of a duration as Go and Flux write it (https://pkg.go.dev/time#ParseDuration): `1h30m`; undefined for no duration. */
export function goDuration(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^([0-9]+(\.[0-9]+)?(h|m|s|ms|us|µs|ns))+$/.test(text)) return undefined;
  return [...text.matchAll(/([0-9]+(?:\.[0-9]+)?)(ms|us|µs|ns|h|m|s)/g)].reduce(
    (sum, [, digits, unit = 's']) => sum + Number(digits) * (seconds[unit] ?? 0),
    0,
  );
}
