/** One thing to do: a sentence, and the command for it where there is one. Words in capitals are placeholders. */
type Act = readonly [say: string, command?: string];

/** The page of a finding: what is so, what comes of it, why it usually is so, and what to do in order. */
export interface FindingPage {
  readonly explanation: string;
  readonly consequences: string;
  /** Likeliest first. */
  readonly causes: readonly string[];
  readonly remedy: readonly Act[];
}

/** Pages of one topic. */
export type Pages<Code extends string> = Readonly<Record<Code, FindingPage>>;
