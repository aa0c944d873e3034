import { goDuration } from './go-duration.ts';

/** A Go duration such as `90s` or `1h30m` made longer by whole minutes; one that is none counts as nothing. */
export function addMinutes(duration: string, minutes: number): string {
  const total = Math.ceil(goDuration(duration) ?? 0) + minutes * 60;
  return total % 60 === 0 ? `${total / 60}m` : `${total}s`;
}
