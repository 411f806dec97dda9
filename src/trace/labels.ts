const WILDCARD = 0x2a;

/** A label that shares some of its beginning with a wanted one. */
interface Shared {
  readonly label: string;
  /** How like it is, as {@link Labels.likeness} says. */
  readonly score: number;
  /** The most that this label and all that follow can have, where that is less than what those before could have; else null. */
  readonly most: number | null;
}

/** First labels, one behind another as numbers: a table may have many thousands. */
export class Labels {
  private readonly letters: Uint16Array;
  /** Where each label ends. */
  private readonly ends: Uint32Array;
  private sorted: readonly string[] | null = null;

  constructor(private readonly labels: readonly string[]) {
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
      scores[i] = scoreOf(same, length, wanted.length, letters[start] === WILDCARD);
      start = end;
    }
    return scores;
  }

  /** Labels and how like they are to a first one, by how much of their beginnings they share with it, as far as they share any. */
  *bySharedBeginning(first: string): Generator<Shared> {
    this.sorted ??= this.labels.toSorted((a, b) => (a < b ? -1 : 1));
    const { sorted } = this;
    const shared = (position: number) => sharedLength(sorted[position], first);
    let after = placeOf(first, sorted);
    let before = after - 1;
    let last = Number.POSITIVE_INFINITY;
    for (let same = first.length; same > 0; last = same) {
      const [left, right] = [shared(before), shared(after)];
      same = Math.max(left, right);
      const label = sorted[left > right ? before-- : after++];
      if (label === undefined) return;
      const score = scoreOf(same, label.length, first.length, label.charCodeAt(0) === WILDCARD);
      yield { label, score, most: same < last ? mostFor(same, first.length) : null };
    }
  }
}

/** The score of a label that shares so many letters of its beginning with the wanted one. */
function scoreOf(same: number, length: number, wantedLength: number, isWildcard: boolean): number {
  if (same === length && same === wantedLength) return 3;
  if (isWildcard) return 0;
  return (Math.abs(length - wantedLength) <= 2 ? 2 * same : same) / Math.max(length, wantedLength, 1);
}

/** No label that shares no more letters has a higher score. */
function mostFor(same: number, wantedLength: number): number {
  return same === wantedLength ? 3 : (2 * same) / wantedLength;
}

/** How many letters two labels share at their beginning; -1 where there is no other one. */
function sharedLength(label: string | undefined, wanted: string): number {
  if (label === undefined) return -1;
  const most = Math.min(label.length, wanted.length);
  let same = 0;
  while (same < most && label.charCodeAt(same) === wanted.charCodeAt(same)) same++;
  return same;
}

/** How many of sorted labels stand before a wanted one. */
function placeOf(wanted: string, sorted: readonly string[]): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lettersOf(text: string): Uint16Array {
  const letters = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) letters[i] = text.charCodeAt(i);
  return letters;
}
