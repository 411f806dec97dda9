/** The newest of some `last_updated`, as it stands there; null where there is none. */
export function newestOf(updates: Iterable<string | null>): string | null {
  let newest: string | null = null;
  for (const time of updates) {
    if (time !== null && (newest === null || isLater(time, newest))) newest = time;
  }
  return newest;
}

/** Times that Envoy prints differ in their digits only, so that they need not be parsed. */
function isLater(time: string, than: string): boolean {
  const isAlike = time.length === than.length && time.endsWith('Z') && than.endsWith('Z');
  return isAlike ? time > than : Date.parse(time) > Date.parse(than);
}
