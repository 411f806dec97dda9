export interface Participant {
  readonly id: string;
  readonly label: string;
}

/** One thing that happens, in order. */
export type SequenceItem =
  | {
      readonly kind: 'message';
      readonly from: string;
      readonly to: string;
      readonly text: string;
      /** A request goes on, an answer comes back, a connection is cut off. */
      readonly arrow: 'request' | 'answer' | 'cut';
    }
  | { readonly kind: 'note'; readonly over: string; readonly lines: readonly string[] }
  | { readonly kind: 'branches'; readonly branches: readonly SequenceBranch[] };

export interface SequenceBranch {
  readonly label: string;
  readonly items: readonly SequenceItem[];
}

/** Who speaks to whom. */
export interface Sequence {
  readonly participants: readonly Participant[];
  readonly items: readonly SequenceItem[];
}
