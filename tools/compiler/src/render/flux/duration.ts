const seconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** A Go duration such as `90s` or `1h30m` (https://pkg.go.dev/time#ParseDuration) made longer by whole minutes. */
export function addMinutes(duration: string, minutes: number): string {
  const total = Math.ceil(secondsOf(duration) ?? 0) + minutes * 60;
  return total % 60 === 0 ? `${total / 60}m` : `${total}s`;
}

/** Seconds of a Go duration; undefined for what is none. */
export function secondsOf(duration: string): number | undefined {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (seconds[unit as string] ?? 0), 0);
}
