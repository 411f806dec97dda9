/** The newest `last_updated` of resources or entries, as it stands there; null where none has one. */
export function newestOf(resources: readonly { readonly lastUpdated: string | null }[]): string | null {
  let newest: string | null = null;
  for (const { lastUpdated } of resources) {
    if (lastUpdated !== null && (newest === null || isLater(lastUpdated, newest))) newest = lastUpdated;
  }
  return newest;
}

/** Times that Envoy prints differ in their digits only, so that they need not be parsed. */
function isLater(time: string, than: string): boolean {
  const isAlike = time.length === than.length && time.endsWith('Z') && than.endsWith('Z');
  return isAlike ? time > than : Date.parse(time) > Date.parse(than);
}
