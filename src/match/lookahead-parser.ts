/** A node of an ECMAScript pattern with lookahead. */
export type PatternNode =
  | { readonly kind: 'character'; readonly test: RegExp }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'alternatives'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly inner: PatternNode; readonly min: number; readonly max: number }
  | { readonly kind: 'lookahead'; readonly inner: PatternNode; readonly negative: boolean }
  | { readonly kind: 'edge'; readonly edge: '^' | '$' | '\\b' | '\\B' };

/** A pattern deeper or longer than any that a configuration needs. */
const MAX_LENGTH = 4096;
const MAX_DEPTH = 200;
const MAX_REPEAT = 1000;

/** Parses an ECMAScript pattern without backreferences; null where it is none, or larger than what is evaluated. */
export function parsePattern(pattern: string): PatternNode | null {
  if (pattern.length > MAX_LENGTH) return null;
  const parser = new Parser(pattern);
  const node = parser.alternatives(0);
  return node !== null && parser.atEnd ? node : null;
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  alternatives(depth: number): PatternNode | null {
    if (depth > MAX_DEPTH) return null;
    const options: PatternNode[] = [];
    do {
      const option = this.sequence(depth);
      if (option === null) return null;
      options.push(option);
    } while (this.take('|'));
    return { kind: 'alternatives', options };
  }

  private sequence(depth: number): PatternNode | null {
    const parts: PatternNode[] = [];
    while (!this.atEnd && this.peek !== '|' && this.peek !== ')') {
      const atom = this.atom(depth);
      const part = atom === null ? null : this.quantified(atom);
      if (part === null) return null;
      parts.push(part);
    }
    return { kind: 'sequence', parts };
  }

  private atom(depth: number): PatternNode | null {
    for (const [opening, make] of GROUPS) {
      if (!this.take(opening)) continue;
      const inner = this.alternatives(depth + 1);
      return inner === null || !this.take(')') ? null : make(inner);
    }
    for (const edge of ['^', '$', '\\b', '\\B'] as const) if (this.take(edge)) return { kind: 'edge', edge };
    return this.character();
  }

  /** A class, an escape, a dot or a plain character; RegExp judges that one character. */
  private character(): PatternNode | null {
    const token = /^(?:\[(?:\\.|[^\]\\])*\]|\\[^1-9uc]|[^\\[\](){}*+?|])/s.exec(this.text.slice(this.at))?.[0];
    if (token === undefined) return null;
    this.at += token.length;
    try {
      return { kind: 'character', test: new RegExp(`^${token}$`) };
    } catch {
      return null;
    }
  }

  /** Greedy or not makes no difference to whether a value matches. */
  private quantified(inner: PatternNode): PatternNode | null {
    const quantifier = /^(?:\*|\+|\?|\{(\d+)(,(\d*))?\})\??/.exec(this.text.slice(this.at));
    if (quantifier === null) return inner;
    this.at += quantifier[0].length;
    const [min, max] = boundsOf(quantifier);
    const isTooMany = min > MAX_REPEAT || (max !== Number.POSITIVE_INFINITY && max > MAX_REPEAT);
    return isTooMany ? null : { kind: 'repeat', inner, min, max };
  }

  private get peek(): string | undefined {
    return this.text[this.at];
  }

  private take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }
}

const GROUPS: readonly (readonly [opening: string, make: (inner: PatternNode) => PatternNode])[] = [
  ['(?:', inner => inner],
  ['(?=', inner => ({ kind: 'lookahead', inner, negative: false })],
  ['(?!', inner => ({ kind: 'lookahead', inner, negative: true })],
  ['(', inner => inner],
];

function boundsOf([whole, from, range, to]: RegExpExecArray): [min: number, max: number] {
  if (whole.startsWith('*')) return [0, Number.POSITIVE_INFINITY];
  if (whole.startsWith('+')) return [1, Number.POSITIVE_INFINITY];
  if (whole.startsWith('?')) return [0, 1];
  const min = Number(from);
  if (range === undefined) return [min, min];
  return [min, to === '' || to === undefined ? Number.POSITIVE_INFINITY : Number(to)];
}
