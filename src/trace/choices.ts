/** Envoy draws a random value only where a decision has a share; each such decision is a point where a trace branches. */
interface Taken {
  readonly option: number;
  readonly count: number;
  readonly share: number;
}

/** Answers a trace's random decisions: by the request's own random value, or by a script that leads down one branch. */
export class Choices {
  private readonly taken: Taken[] = [];

  constructor(
    /** Envoy's random value; null to follow the script. */
    private readonly random: number | null,
    /** The option to take at each decision, in order; beyond its end the first possible one. */
    private readonly script: readonly number[] = [],
  ) {}

  /**
   * Picks one of several options by their shares (each 0 to 1, in sum 1).
   * `byRandom` says which one Envoy takes for a random value. Options without a share are never taken.
   */
  pick(shares: readonly number[], byRandom: (random: number) => number): number {
    if (this.random !== null) return byRandom(this.random);
    const possible = shares.flatMap((share, option) => (share > 0 ? [option] : []));
    if (possible.length < 2) return possible[0] ?? 0;
    const position = this.script[this.taken.length] ?? 0;
    const option = possible[position] ?? 0;
    this.taken.push({ option: position, count: possible.length, share: shares[option] ?? 0 });
    return option;
  }

  /** How often the script was asked: what has one option only, or follows from the request's own random value, leaves nothing to it. */
  get asked(): number {
    return this.taken.length;
  }

  /** Part of all such requests that takes this branch. */
  get share(): number {
    return this.taken.reduce((share, choice) => share * choice.share, 1);
  }

  /** The script of the next branch, depth first; null after the last one. */
  next(): number[] | null {
    for (let i = this.taken.length - 1; i >= 0; i--) {
      const choice = this.taken[i];
      if (choice !== undefined && choice.option + 1 < choice.count) {
        return [...this.taken.slice(0, i).map(({ option }) => option), choice.option + 1];
      }
    }
    return null;
  }
}
