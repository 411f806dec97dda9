/** The items whose names are most like a wanted one, most alike first; those less alike than `atLeast` (0 to 4) are left out. */
export function nearest<T>(
  items: readonly T[],
  names: (item: T) => readonly string[],
  wanted: string,
  count: number,
  atLeast = 0,
): T[] {
  const first = wanted.split('.')[0] ?? wanted;
  const best: { readonly item: T; readonly score: number }[] = [];
  for (const item of items) {
    const score = names(item).reduce((highest, name) => Math.max(highest, likeness(name, wanted, first)), 0);
    if (score < atLeast || (best.length === count && score <= (best.at(-1)?.score ?? 0))) continue;
    if (best.length === count) best.pop();
    const place = best.findIndex(other => other.score < score);
    best.splice(place < 0 ? best.length : place, 0, { item, score });
  }
  return best.map(({ item }) => item);
}

/** Cheap likeness of two names, 0 to 4: the same first label counts most, then shared beginnings. */
function likeness(name: string, wanted: string, first: string): number {
  if (name === wanted) return 4;
  const label = firstLabelLength(name);
  let same = 0;
  while (same < label && same < first.length && name.charCodeAt(same) === first.charCodeAt(same)) same++;
  if (same === label && same === first.length) return 3;
  if (name.startsWith('*')) return wanted.endsWith(name.slice(1)) ? 2.5 : 0;
  const longest = Math.max(label, first.length, 1);
  return Math.abs(label - first.length) <= 2 ? (2 * same) / longest : same / longest;
}

/** A virtual host's domain may end with a port. */
function firstLabelLength(name: string): number {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code === 0x2e || code === 0x3a) return i;
  }
  return name.length;
}
