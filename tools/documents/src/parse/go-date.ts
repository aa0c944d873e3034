/** The forms of a date that Go's YAML parsers take (parseTimestamp in resolve.go of go.yaml.in/yaml). */
const date =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d\d:\d\d))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?))?$/;

/** A date as Go prints it in JSON (RFC 3339, with the zone it had); undefined where the text is none. */
export function goDate(text: string): string | undefined {
  const found = date.exec(text);
  if (found === null) return undefined;
  const [, year = '', month = '', day = '', ...rest] = found;
  const [hour, minute, second, fraction = '', zone = 'Z'] = rest[0] === undefined ? rest.slice(5) : rest;
  const [h, m, s] = [hour, minute, second].map((each) => Number(each ?? 0)) as [number, number, number];
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const isReal = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
  if (!isReal || h > 23 || m > 59 || s > 59) return undefined;
  const two = (value: string | number): string => String(Number(value)).padStart(2, '0');
  const offset = zone === '+00:00' ? 'Z' : zone;
  return `${year}-${two(month)}-${two(day)}T${two(h)}:${two(m)}:${two(s)}${fraction.slice(0, 10).replace(/\.?0*$/, '')}${offset}`;
}
