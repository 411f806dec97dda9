import { type PatternNode, parsePattern } from './lookahead-parser.js';

/** A pattern with lookahead, ready to be asked. */
export interface LookaheadPattern {
  full(value: string): boolean;
  find(value: string): boolean;
}

/**
 * Compiles an ECMAScript pattern with lookahead, which RE2 does not have: API v2's `regex` fields may use it. It is evaluated on sets of
 * positions, each node at each position once, so that no pattern takes exponential time. Null where the pattern is not of that kind.
 */
export function compileLookahead(pattern: string): LookaheadPattern | null {
  const root = parsePattern(pattern);
  if (root === null) return null;
  return {
    full: value => new Evaluation(value).ends(root, 0).has(value.length),
    find: value => {
      const evaluation = new Evaluation(value);
      for (let at = 0; at <= value.length; at++) if (evaluation.ends(root, at).size > 0) return true;
      return false;
    },
  };
}

type Positions = ReadonlySet<number>;

const NOWHERE: Positions = new Set();

class Evaluation {
  private readonly known = new Map<PatternNode, Map<number, Positions>>();

  constructor(private readonly value: string) {}

  /** Every position at which a match of the node that begins at `from` may end. */
  ends(node: PatternNode, from: number): Positions {
    let byStart = this.known.get(node);
    if (byStart === undefined) {
      byStart = new Map();
      this.known.set(node, byStart);
    }
    let found = byStart.get(from);
    if (found === undefined) {
      found = this.evaluate(node, from);
      byStart.set(from, found);
    }
    return found;
  }

  private evaluate(node: PatternNode, from: number): Positions {
    switch (node.kind) {
      case 'character':
        return from < this.value.length && node.test.test(this.value.charAt(from)) ? new Set([from + 1]) : NOWHERE;
      case 'sequence':
        return node.parts.reduce<Positions>((starts, part) => this.step(part, starts), new Set([from]));
      case 'alternatives':
        return new Set(node.options.flatMap(option => [...this.ends(option, from)]));
      case 'repeat':
        return this.repeat(node, from);
      case 'lookahead':
        return this.ends(node.inner, from).size > 0 === node.negative ? NOWHERE : new Set([from]);
      default:
        return this.isEdge(node.edge, from) ? new Set([from]) : NOWHERE;
    }
  }

  private step(node: PatternNode, starts: Positions): Positions {
    return new Set([...starts].flatMap(start => [...this.ends(node, start)]));
  }

  private repeat({ inner, min, max }: Extract<PatternNode, { kind: 'repeat' }>, from: number): Positions {
    let reached: Positions = new Set([from]);
    for (let count = 0; count < min && reached.size > 0; count++) reached = this.step(inner, reached);
    const all = new Set(reached);
    let frontier = reached;
    for (let count = min; count < max && frontier.size > 0; count++) {
      frontier = new Set([...this.step(inner, frontier)].filter(position => !all.has(position)));
      for (const position of frontier) all.add(position);
    }
    return all;
  }

  private isEdge(edge: '^' | '$' | '\\b' | '\\B', at: number): boolean {
    if (edge === '^') return at === 0;
    if (edge === '$') return at === this.value.length;
    const isWord = (index: number) => /\w/.test(this.value.charAt(index));
    const isBoundary = isWord(at - 1) !== isWord(at);
    return isBoundary === (edge === '\\b');
  }
}
