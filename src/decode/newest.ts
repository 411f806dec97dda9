/** The newest of some `last_updated`, as it stands there; null where there is none. */
export function newestOf(updates: Iterable<string | null>): string | null {
  let newest: string | null = null;
  for (const time of updates) newest = laterOf(newest, time);
  return newest;
}

/** The later of two `last_updated`, the first where they are the same; null where both are. */
export function laterOf(one: string | null, other: string | null): string | null {
  if (other === null || other === one) return one;
  return one === null || isLater(other, one) ? other : one;
}

/** Times that Envoy prints differ in their digits only, so that they need not be parsed. */
function isLater(time: string, than: string): boolean {
  const isAlike = time.length === than.length && time.endsWith('Z') && than.endsWith('Z');
  return isAlike ? time > than : Date.parse(time) > Date.parse(than);
}
