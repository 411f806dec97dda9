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
  private readonly wildcards: { readonly name: string; readonly position: number }[] = [];
  private readonly labels: Labels;

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

  /** Of each item the score of its most alike name: that of its first label, or 2.5 for a wildcard that takes the name, or 4 for the name. */
  private scoresFor(wanted: string): Float64Array {
    const scores = new Float64Array(this.items.length);
    const ofLabels = this.labels.likeness(wanted.split('.')[0] ?? wanted);
    let label = 0;
    for (const positions of this.byLabel.values()) {
      const score = ofLabels[label++] ?? 0;
      for (const position of positions) if (score > (scores[position] ?? 0)) scores[position] = score;
    }
    for (const { name, position } of this.wildcards) {
      if (wanted.endsWith(name.slice(1))) scores[position] = Math.max(scores[position] ?? 0, 2.5);
    }
    for (const position of this.byLabel.get(wanted.slice(0, firstLabelLength(wanted))) ?? []) {
      const item = this.items[position];
      if (item !== undefined && this.names(item).includes(wanted)) scores[position] = 4;
    }
    return scores;
  }
}

const WILDCARD = 0x2a;

/** First labels, one behind another as numbers: a table may have many thousands. */
class Labels {
  private readonly letters: Uint16Array;
  /** Where each label ends. */
  private readonly ends: Uint32Array;

  constructor(labels: readonly string[]) {
    this.letters = lettersOf(labels.join(''));
    let end = 0;
    this.ends = Uint32Array.from(labels, label => {
      end += label.length;
      return end;
    });
  }

  /**
   * How like each label is to a first one, cheaply, 0 to 3: the same one counts most, then shared beginnings. A wildcard is like nothing but
   * itself.
   */
  likeness(first: string): Float64Array {
    const { letters, ends } = this;
    const wanted = lettersOf(first);
    const scores = new Float64Array(ends.length);
    let start = 0;
    for (let i = 0; i < ends.length; i++) {
      const end = ends[i] ?? start;
      const length = end - start;
      let same = 0;
      while (same < length && same < wanted.length && letters[start + same] === wanted[same]) same++;
      const longest = Math.max(length, wanted.length, 1);
      if (same === length && same === wanted.length) scores[i] = 3;
      else if (letters[start] !== WILDCARD || length === 0)
        scores[i] = Math.abs(length - wanted.length) <= 2 ? (2 * same) / longest : same / longest;
      start = end;
    }
    return scores;
  }
}

function lettersOf(text: string): Uint16Array {
  const letters = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) letters[i] = text.charCodeAt(i);
  return letters;
}

/** A virtual host's domain may end with a port. */
function firstLabelLength(name: string): number {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code === 0x2e || code === 0x3a) return i;
  }
  return name.length;
}
