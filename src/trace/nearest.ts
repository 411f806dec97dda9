import { Labels } from './labels.js';

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

/** After so many searches it pays to sort the labels. */
const FEW = 8;

/** Items to be looked for by names that are like theirs. Many names share their first label, which is compared once for all of them. */
export class NearNames<T> {
  private readonly byLabel = new Map<string, number[]>();
  private readonly wildcards: { readonly name: string; readonly position: number }[] = [];
  private readonly labels: Labels;
  private searches = 0;

  constructor(
    private readonly items: readonly T[],
    private readonly names: (item: T) => readonly string[],
  ) {
    for (const [position, item] of items.entries()) {
      for (const name of names(item)) this.add(name, position);
    }
    this.labels = new Labels([...this.byLabel.keys()]);
  }

  /** The items most like a wanted name, most alike first, of equal ones in their order. */
  nearest(wanted: string, count: number, { atLeast = 0, but }: Search<T> = {}): T[] {
    const isNotMeant = (position: number) => this.items[position] === but;
    const scores = this.bestScores(wanted, count, atLeast, isNotMeant) ?? this.scoresFor(wanted);
    const best: { readonly item: T; readonly score: number }[] = [];
    let least = -1;
    for (const [position, score] of scores.entries()) {
      const item = this.items[position];
      if (score <= least || score < atLeast || item === undefined || isNotMeant(position)) continue;
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

  /** Of each item the score of its most alike name: that of its first label, or 2.5 for a wildcard that takes the name, or 4 for the name. */
  private scoresFor(wanted: string): Float64Array {
    const scores = new Float64Array(this.items.length);
    const ofLabels = this.labels.likeness(firstLabelOf(wanted));
    let label = 0;
    for (const positions of this.byLabel.values()) {
      const score = ofLabels[label++] ?? 0;
      for (const position of positions) if (score > (scores[position] ?? 0)) scores[position] = score;
    }
    this.addWholeNames(wanted, (position, score) => {
      scores[position] = Math.max(scores[position] ?? 0, score);
    });
    return scores;
  }

  /**
   * The same scores of those items only, in their order, that may be among the most alike ones: labels are looked at by how much of their
   * beginning they share, until what others could have is less. Null while few were looked for, and where others are as little alike.
   */
  private bestScores(
    wanted: string,
    count: number,
    atLeast: number,
    isNotMeant: (position: number) => boolean,
  ): Map<number, number> | null {
    if (this.searches++ < FEW) return null;
    const scores = new Map<number, number>();
    const raise = (position: number, score: number) => scores.set(position, Math.max(scores.get(position) ?? 0, score));
    this.addWholeNames(wanted, raise);
    const areEnough = (most: number) => {
      let better = 0;
      for (const [position, score] of scores) if (score > most && !isNotMeant(position)) better++;
      return better >= count;
    };
    for (const { label, score, most } of this.labels.bySharedBeginning(firstLabelOf(wanted))) {
      if (most !== null && (most < atLeast || areEnough(most))) return new Map([...scores].sort(([a], [b]) => a - b));
      for (const position of this.byLabel.get(label) ?? []) raise(position, score);
    }
    return null;
  }

  private addWholeNames(wanted: string, raise: (position: number, score: number) => void): void {
    for (const { name, position } of this.wildcards) if (wanted.endsWith(name.slice(1))) raise(position, 2.5);
    for (const position of this.byLabel.get(wanted.slice(0, firstLabelLength(wanted))) ?? []) {
      const item = this.items[position];
      if (item !== undefined && this.names(item).includes(wanted)) raise(position, 4);
    }
  }
}

/** A name that is looked for may hold a colon that begins no port. */
function firstLabelOf(wanted: string): string {
  return wanted.split('.')[0] ?? wanted;
}

/** A virtual host's domain may end with a port. */
function firstLabelLength(name: string): number {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code === 0x2e || code === 0x3a) return i;
  }
  return name.length;
}
