const UNITS = /^(\d+y)?(\d+d)?(\d+h)?(\d+m)?(\d+(\.\d+)?s)?$/;

/** A duration as Go or Kubernetes prints it, without fractions of a second: `1m2.5s` is `1m2s`; null when it is none. */
export function wholeSeconds(text: string): string | null {
  return text !== '' && UNITS.test(text) ? text.replace(/\.\d+s$/, 's') : null;
}

/** How much later one nonce of Istio 1.0, a Go time, is than another: `13m15s`; null where they are no times. */
export function timeBetween(earlier: string, later: string): string | null {
  const [from, to] = [goTime(earlier), goTime(later)];
  return from === null || to === null || to < from ? null : goDuration(Math.floor((to - from) / 1000));
}

/** `2019-05-20 08:00:04.123456789 +0000 UTC m=+31.420` in milliseconds. */
function goTime(text: string): number | null {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d* ([+-]\d\d)(\d\d)\b/.exec(text);
  if (match === null) return null;
  const [, date, time, hours, minutes] = match;
  const milliseconds = Date.parse(`${date}T${time}${hours}:${minutes}`);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

function goDuration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const largest = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : '';
  return `${largest}${seconds % 60}s`;
}

/** An RFC 3339 time cut to seconds; undefined for Go's zero time and what is no time. */
export function sentAt(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.startsWith('0001-')) return undefined;
  return /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(value)?.slice(1).join('');
}
