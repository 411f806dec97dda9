import type { HopName } from '../../trace/result.js';
import type { ExplainedArgument } from './arguments.js';
import { COMMANDS } from './commands.js';
import type { Language, Side, Text } from './text.js';

/** What a term can be. Other lookups add their own kinds. */
export type TermKind = 'response-flag' | 'response-code-details' | 'http-status' | 'transport-failure' | 'finding';

/** One term with everything that is known of it; plain data. */
export interface ExplainedTerm {
  kind: TermKind;
  /** The term as its table has it: `UF`, `no_healthy_upstream`, `503`. */
  term: string;
  /** The term with its long name, or with a placeholder for what follows it. */
  title: string;
  /** Language of the texts; English where the wanted one lacks them. */
  language: Language;
  means: string;
  /** What comes of it; findings only. */
  consequences?: string;
  /** The parts in the term's brackets, each explained. */
  inside: ExplainedArgument[];
  from: string;
  side: Side;
  /** Hops of a trace at which it can arise; none where it is not bound to one. */
  hops: HopName[];
  codes: string[];
  causes: string[];
  next: { say: string; command: string | null }[];
  /** Flags and details that stand beside it in the log. */
  flags: string[];
  details: string[];
  /** Reasons of a trace's verdict that mean the same. */
  reasons: string[];
  /** First Envoy version that logs it; null where every version in use does. */
  since: string | null;
}

/** One kind of terms. */
export interface Lookup {
  readonly kind: TermKind;
  /** Explains the term as a user typed it; null where it is none of this kind. */
  find(term: string, language: Language): ExplainedTerm | null;
  /** Every term of this kind, as its table has it. */
  terms(): readonly string[];
}

/** The texts of a term as an ExplainedTerm has them. */
export function textFields(text: Text): Pick<ExplainedTerm, 'means' | 'from' | 'causes' | 'next'> {
  return {
    means: text.means,
    from: text.from,
    causes: [...text.causes],
    next: text.next.map(([say, run]) => ({ say, command: run === undefined ? null : COMMANDS[run] })),
  };
}
