const MOST = 5;

/** What is longer than any term by far is no typing error. */
const LONGEST = 100;

/**
 * Terms that a user may have meant: few letters apart, or one holding the other; nearest first, at most five.
 *
 * @param term what was typed
 * @param known all terms there are
 */
export function nearest(term: string, known: readonly string[]): string[] {
  const wanted = term.toLowerCase();
  if (wanted.length > LONGEST) return [];
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  return known
    .map(name => ({ name, away: distance(wanted, name.toLowerCase()) }))
    .filter(({ away }) => away <= allowed)
    .sort((a, b) => a.away - b.away || a.name.localeCompare(b.name, 'en'))
    .slice(0, MOST)
    .map(({ name }) => name);
}

/**
 * Half a letter where one word holds the other (of three letters or more), else the edits that make one of the other: a letter more,
 * less or another, or two that changed places.
 */
function distance(a: string, b: string): number {
  const shorter = a.length < b.length ? a : b;
  if (shorter.length >= 3 && (a.includes(b) || b.includes(a))) return 0.5;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
