const seconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** The longer of two Go durations such as `90s` or `1h30m` (https://pkg.go.dev/time#ParseDuration). */
export function longerDuration(a: string, b: string): string {
  return secondsOf(b) > secondsOf(a) ? b : a;
}

function secondsOf(duration: string): number {
  const parts = duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (seconds[unit as string] ?? 0), 0);
}
