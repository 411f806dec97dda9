import type { FindingSummary, HopName, Outcome, StepStatus, TraceResult } from '../../trace/result.js';

/** What a hop is called, and the question that it answers, for readers who are new to Envoy. */
interface HopText {
  readonly name: string;
  readonly asks: string;
}

/** The words around what a trace says itself. */
export interface TraceTexts {
  readonly hops: Record<HopName, HopText>;
  readonly statuses: Record<StepStatus, string>;
  readonly outcomes: Record<Outcome, string>;
  readonly severities: Record<FindingSummary['severity'], string>;
  /** The result with its prose in this language. */
  readonly localised: (result: TraceResult) => TraceResult;
  readonly branch: (name: string) => string;
  readonly receivingSide: (proxy: string) => string;
  /** Before a candidate that was not chosen, and before the place of what was. */
  readonly not: string;
  readonly see: string;
  readonly unnamed: string;
  readonly more: (count: number) => string;
  readonly logged: (line: string, flag: string) => string;
  readonly whatIf: string;
  readonly missing: string;
  readonly findings: string;
  readonly assumed: string;
  /** Said below a trace where a part of it stays in English; null where all is. */
  readonly englishParts: string | null;
}
