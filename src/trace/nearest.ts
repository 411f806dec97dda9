/** The items whose names are most like a wanted one, most alike first; those less alike than `atLeast` (0 to 4) are left out. */
export function nearest<T>(
  items: readonly T[],
  names: (item: T) => readonly string[],
  wanted: string,
  count: number,
  atLeast = 0,
): T[] {
  return new NearNames(items, names).nearest(wanted, count, { atLeast });
}

interface Search<T> {
  readonly atLeast?: number;
  /** An item that is not looked for. */
  readonly but?: T | null;
}

/** Items to be looked for by names that are like theirs. Many names share their first label, which is compared once for all of them. */
export class NearNames<T> {
  private readonly byLabel = new Map<string, number[]>();
  private labels: readonly (readonly [label: string, positions: readonly number[]])[] = [];
  private readonly wildcards: { readonly name: string; readonly position: number }[] = [];

  constructor(
    private readonly items: readonly T[],
    private readonly names: (item: T) => readonly string[],
  ) {
    for (const [position, item] of items.entries()) {
      for (const name of names(item)) this.add(name, position);
    }
    this.labels = [...this.byLabel];
  }

  /** The items most like a wanted name, most alike first, of equal ones in their order. */
  nearest(wanted: string, count: number, { atLeast = 0, but }: Search<T> = {}): T[] {
    const scores = this.scoresFor(wanted);
    const best: { readonly item: T; readonly score: number }[] = [];
    let least = -1;
    for (let position = 0; position < scores.length; position++) {
      const score = scores[position] ?? 0;
      const item = this.items[position];
      if (score <= least || score < atLeast || item === undefined || item === but) continue;
      if (best.length === count) best.pop();
      const place = best.findIndex(other => other.score < score);
      best.splice(place < 0 ? best.length : place, 0, { item, score });
      if (best.length === count) least = best.at(-1)?.score ?? 0;
    }
    return best.map(({ item }) => item);
  }

  private add(name: string, position: number): void {
    if (name.startsWith('*')) this.wildcards.push({ name, position });
    const label = name.slice(0, firstLabelLength(name));
    const same = this.byLabel.get(label);
    if (same === undefined) this.byLabel.set(label, [position]);
    else if (same.at(-1) !== position) same.push(position);
  }

  /** Of each item the score of its most alike name. */
  private scoresFor(wanted: string): Float64Array {
    const first = wanted.split('.')[0] ?? wanted;
    const scores = new Float64Array(this.items.length);
    const raise = (position: number, score: number) => {
      if (score > (scores[position] ?? 0)) scores[position] = score;
    };
    for (const [label, positions] of this.labels) {
      const score = likeness(label, first);
      if (score > 0) for (const position of positions) raise(position, score);
    }
    for (const { name, position } of this.wildcards) if (wanted.endsWith(name.slice(1))) raise(position, 2.5);
    for (const position of this.byLabel.get(wanted.slice(0, firstLabelLength(wanted))) ?? []) {
      const item = this.items[position];
      if (item !== undefined && this.names(item).includes(wanted)) raise(position, 4);
    }
    return scores;
  }
}

/** Cheap likeness of two first labels, 0 to 3: the same one counts most, then shared beginnings. */
function likeness(label: string, first: string): number {
  if (label === first) return 3;
  if (label.startsWith('*')) return 0;
  let same = 0;
  while (same < label.length && same < first.length && label.charCodeAt(same) === first.charCodeAt(same)) same++;
  const longest = Math.max(label.length, first.length, 1);
  return Math.abs(label.length - first.length) <= 2 ? (2 * same) / longest : same / longest;
}

/** A virtual host's domain may end with a port. */
function firstLabelLength(name: string): number {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code === 0x2e || code === 0x3a) return i;
  }
  return name.length;
}
