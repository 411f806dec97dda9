/** The items whose names are most like a wanted one, most alike first; those less alike than `atLeast` (0 to 4) are left out. */
export function nearest<T>(
  items: readonly T[],
  names: (item: T) => readonly string[],
  wanted: string,
  count: number,
  atLeast = 0,
): T[] {
  const first = wanted.split('.')[0] ?? wanted;
  const scored = items.map((item, index) => ({
    item,
    index,
    score: Math.max(0, ...names(item).map(name => likeness(name, wanted, first))),
  }));
  return scored
    .filter(({ score }) => score >= atLeast)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, count)
    .map(({ item }) => item);
}

/** Cheap likeness of two names, 0 to 4: the same first label counts most, then shared beginnings. */
function likeness(name: string, wanted: string, first: string): number {
  if (name === wanted) return 4;
  const label = name.split(/[.:]/)[0] ?? name;
  if (label === first) return 3;
  if (name.startsWith('*')) return wanted.endsWith(name.slice(1)) ? 2.5 : 0;
  let same = 0;
  while (same < label.length && same < first.length && label[same] === first[same]) same++;
  const longest = Math.max(label.length, first.length, 1);
  return Math.abs(label.length - first.length) <= 2 ? (2 * same) / longest : same / longest;
}
