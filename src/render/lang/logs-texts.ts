import type { Agreement } from '../../findings/access-log/agreement.js';
import type { LogReport } from '../../findings/access-log/survey.js';

/** The words of `mesh-trace logs`. */
export interface LogTexts {
  /** What was read, in one line. */
  readonly summary: (report: LogReport) => string;
  readonly noFailures: string;
  readonly unplaced: (count: number) => string;
  readonly untraced: (count: number) => string;
  readonly lines: (count: number, requests: number) => string;
  /** The mark beside it and what it means for the reader. */
  readonly agreements: Record<Agreement, string>;
  readonly share: (percent: string) => string;
  readonly otherCluster: (cluster: string) => string;
  /** Why the configuration may do otherwise: where its newest part is newer than the last line, where it is older, and where that is not known. */
  readonly otherwise: Record<'newer' | 'older', (time: string) => string> & { readonly unknown: string };
  /** How long Envoy waits; and that no field sets a limit. */
  readonly limits: (limits: string) => string;
  readonly noLimit: (fields: readonly string[]) => string;
  readonly took: (durations: string) => string;
  readonly traced: string;
  readonly finding: string;
  readonly means: string;
  readonly next: string;
  readonly traceIt: string;
}
